import Finance
import Quantities
import Wire

/// Where something was read: enough to find it again, and to see whether it has changed.
package struct ResearchSource: Sendable, Equatable {
    package let url: String
    package let title: String?
    /// When the page says that it was published, in its own words.
    package let date: String?
    package let retrievedAt: Timestamp
    /// SHA-256 of the page's text, in hexadecimal.
    package let hash: String

    package init(url: String, title: String?, date: String?, retrievedAt: Timestamp, hash: String) {
        self.url = url
        self.title = title
        self.date = date
        self.retrievedAt = retrievedAt
        self.hash = hash
    }

    package var json: JSONValue {
        [
            "url": .string(url), "title": .optional(title), "date": .optional(date),
            "retrieved_at": .string(retrievedAt.description), "hash": .string(hash),
        ]
    }
}

/// A page that was read. All of it was written by strangers.
package struct ResearchPage: Sendable, Equatable {
    package let source: ResearchSource
    package let text: String
    package let isTruncated: Bool

    package init(source: ResearchSource, text: String, isTruncated: Bool) {
        self.source = source
        self.text = text
        self.isTruncated = isTruncated
    }
}

/// What the researcher saves: its own words about pages it has read. A source to be quoted with its date,
/// never a fact.
package struct ResearchDocument: Sendable, Equatable {
    package let title: String
    package let text: String
    package let symbols: [Symbol]
    /// At least one, each read in the same run.
    package let sources: [ResearchSource]

    package init(title: String, text: String, symbols: [Symbol], sources: [ResearchSource]) {
        self.title = title
        self.text = text
        self.symbols = symbols
        self.sources = sources
    }
}

/// What came of one run of the researcher.
package struct Research: Sendable, Equatable {
    /// Why it ended.
    package enum Stop: Sendable, Equatable {
        case finished
        /// Pages were read, and nothing was saved in the end.
        case nothingSaved
        case turnLimit
        case tokenLimit
        /// The model could not go on; what it had saved before is saved.
        case broken(reason: String)

        package var name: String {
            switch self {
            case .finished: "finished"
            case .nothingSaved: "nothing_saved"
            case .turnLimit: "turn_limit"
            case .tokenLimit: "token_limit"
            case .broken: "broken"
            }
        }
    }

    package struct Saved: Sendable, Equatable {
        /// As the knowledge base names it.
        package let id: String
        package let document: ResearchDocument

        package init(id: String, document: ResearchDocument) {
            self.id = id
            self.document = document
        }
    }

    /// What was asked for; the title of the first document when the researcher chose.
    package let topic: String?
    package let saved: [Saved]
    package let pages: [ResearchSource]
    /// For a reader: the model's words, or code's when the model has none. Nobody has checked its figures.
    package let summary: String
    package let effort: Effort
    package let stop: Stop

    package var json: JSONValue {
        var members: [String: JSONValue] = [
            "topic": .optional(topic), "summary": .string(summary), "stopped": .string(stop.name),
            "documents": .array(
                saved.map { saved in
                    [
                        "id": .string(saved.id), "title": .string(saved.document.title),
                        "symbols": .array(saved.document.symbols.map { .string($0.description) }),
                        "sources": .array(saved.document.sources.map(\.json)),
                    ]
                }),
            "pages": .array(pages.map(\.json)), "effort": effort.json, "model": .string(effort.model),
        ]
        if case .broken(let reason) = stop { members["reason"] = .string(reason) }
        return .object(members)
    }
}
