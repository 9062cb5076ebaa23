import Finance
import Quantities
import Wire

/// One run of the researcher: a topic on a day.
package struct ResearchRun: Sendable, Equatable {
    package typealias ID = UUID

    package enum Status: String, Sendable {
        case pending
        case running
        case completed
        case failed
    }

    package let id: ID
    package let topic: String
    package let day: CalendarDate
    package let status: Status
    /// What is being done, or was done last, in words for the user.
    package let progress: String
    /// What came of it: summary, documents, pages; `nil` unless it is completed.
    package let result: JSONValue?
    /// Why there is no result, in words for the user.
    package let failure: String?
    package let attempts: Int
    package let createdAt: Timestamp
    package let completedAt: Timestamp?

    init(_ row: TableRow) throws(StoreFailure) {
        id = try row.required("id")
        topic = try row.required("topic")
        day = try row.required("day")
        guard let status = Status(rawValue: try row.required("status")) else {
            throw .malformedRow(table: row.kind, column: "status")
        }
        self.status = status
        progress = try row.required("progress")
        result = try row.optional("result")
        failure = try row.optional("failure")
        attempts = try row.required("attempts")
        createdAt = try row.required("created_at")
        completedAt = try row.optional("completed_at")
    }
}

/// A topic, as runs of the same one are recognised.
package struct ResearchTopic: Sendable, Equatable {
    package static let longestCharacters = 300

    /// Without blanks around it, and single ones inside.
    package let text: String

    /// - Returns: `nil` for a topic that is empty or longer than ``longestCharacters``.
    package init?(_ text: String) {
        let words = text.split { $0.isWhitespace || $0.isNewline }
        let text = words.joined(separator: " ")
        guard !text.isEmpty, text.unicodeScalars.count <= Self.longestCharacters,
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else { return nil }
        self.text = text
    }

    var key: String { text.lowercased() }
}
