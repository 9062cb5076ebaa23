import Quantities
import SigV4
import Wire

/// A text for the knowledge base, checked and normalised.
package struct KnowledgeDocument: Sendable, Equatable {
    /// Characters; some 100 pages.
    package static let largestTextCharacters = 300_000
    /// What metadata of a passage may take beside what is ours: 2 KB can be filtered by.
    package static let largestMetadataBytes = 1_200
    package static let mostMetadataKeys = 30

    /// With single line ends, without characters that cannot be seen.
    package let text: String
    /// The caller's: texts, numbers, flags, and lists of texts.
    package let metadata: [String: JSONValue]

    /// The beginning of the SHA-256 of the text: the same text is the same document, whoever sends it.
    package var id: String { String(Digest.hexadecimal(Digest.sha256(Array(text.utf8))).prefix(32)) }

    /// - Throws: ``KnowledgeFailure/invalid(_:)``, ``KnowledgeFailure/tooLarge(_:)``.
    package init(text: String, metadata: [String: JSONValue]) throws(KnowledgeFailure) {
        let text = Self.normalised(text)
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw .invalid("`text` is empty: send the document's words")
        }
        guard text.unicodeScalars.count <= Self.largestTextCharacters else {
            throw .tooLarge(
                "`text` has \(text.unicodeScalars.count) characters, at most \(Self.largestTextCharacters): "
                    + "send it in parts")
        }
        self.text = text
        self.metadata = try Self.checked(metadata)
    }

    static func normalised(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            switch scalar {
            case "\r": scalars.append("\n")
            case "\n": if !afterReturn { scalars.append("\n") }
            case "\t", "\u{A0}": scalars.append(" ")
            default:
                switch scalar.properties.generalCategory {
                case .control, .surrogate: continue
                // Zero-width and bidirectional marks: text that reads otherwise than it looks. The joiner
                // belongs to emoji and to some scripts.
                case .format where scalar != "\u{200D}" && scalar != "\u{200C}": continue
                default: scalars.append(scalar)
                }
            }
        }
        let text = String(scalars)
        let first = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
        let last = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.endIndex
        return String(text[first..<max(first, last)])
    }

    private static func checked(_ metadata: [String: JSONValue]) throws(KnowledgeFailure)
        -> [String: JSONValue]
    {
        guard metadata.count <= mostMetadataKeys else {
            throw .invalid("`metadata` has \(metadata.count) members, at most \(mostMetadataKeys)")
        }
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            guard !PassageMetadata.ours.contains(name) else {
                throw .invalid("`metadata.\(name)` is a name the knowledge base uses itself: choose another")
            }
            guard !name.isEmpty, name.utf8.count <= 63, !name.hasPrefix("$") else {
                throw .invalid("`metadata` has a name that is empty, too long or begins with $: \(name)")
            }
            switch value {
            case .string, .number, .bool: continue
            case .array(let elements) where elements.allSatisfy({ $0.string != nil }): continue
            default:
                throw .invalid(
                    "`metadata.\(name)` must be a text, a number, true or false, or a list of texts")
            }
        }
        let bytes = JSONValue.object(metadata).bytes.count
        guard bytes <= largestMetadataBytes else {
            throw .invalid("`metadata` has \(bytes) bytes, at most \(largestMetadataBytes)")
        }
        return metadata
    }
}

/// The names under which a passage's metadata is stored.
package enum PassageMetadata {
    /// The passage itself; cannot be filtered by, for it is long.
    package static let text = "text"
    /// ``KnowledgeDocument/id``.
    package static let document = "document"
    /// Its place in the document, from 1.
    package static let passage = "passage"
    /// How many passages the document has.
    package static let passages = "passages"
    /// When it was written, ISO 8601.
    package static let savedAt = "saved_at"

    package static let ours: Set = [text, document, passage, passages, savedAt]

    /// Conventional names of callers: what a result shows beside its text.
    package static let title = "title"
    package static let source = "source"
    package static let date = "date"
    package static let symbols = "symbols"
}
