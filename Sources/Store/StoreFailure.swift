import DataAPIClient

/// Why something was not read or written.
package enum StoreFailure: Error, Equatable {
    /// What a failure is about.
    package enum Thing: String, Sendable, Hashable {
        case investor
        case account
        case position
        case instrument
        case analysis
        case research
    }

    case notFound(Thing)
    /// It exists and belongs to another household.
    case notYours(Thing)
    /// It would contradict what is there, in words for the user.
    case conflict(String)
    /// A value the schema does not admit, in words for the user.
    case invalid(String)
    /// Somebody else has the work now, or it has ended: what this claimant wanted to write was not written.
    case leaseLost
    /// A row is not what the program expects of it.
    case malformedRow(table: String, column: String)
    /// A migration that was applied has another text now.
    case migrationChanged(file: String)
    case database(DataAPIFailure)

    init(_ failure: DataAPIFailure) {
        switch failure {
        case .constraint(let violation): self.init(violation)
        case .database(let sqlState, _, _) where sqlState == Self.tooLong:
            self = .invalid("a text is too long")
        case .database(let sqlState, _, _) where sqlState == Self.outOfRange:
            self = .invalid("a number is too large")
        case .database(let sqlState, _, _) where Self.malformedText.contains(sqlState):
            self = .invalid("a text holds a character that cannot be stored")
        default: self = .database(failure)
        }
    }

    private init(_ violation: ConstraintViolation) {
        switch violation.kind {
        case .unique, .exclusion: self = .conflict("it exists already")
        case .check: self = .invalid("a value is out of bounds (\(violation.constraint ?? "check"))")
        case .notNull: self = .invalid("a value is missing")
        case .foreignKey:
            self = .conflict("what it refers to is not there (\(violation.constraint ?? "key"))")
        }
    }

    private static let tooLong = "22001"
    private static let outOfRange = "22003"
    /// Invalid byte sequence, and `\u0000`, which `text` and `jsonb` cannot hold.
    private static let malformedText: Set = ["22021", "22P05"]

    /// Whether the same call may succeed a moment later.
    package var isRetryable: Bool {
        switch self {
        case .database(let failure): failure.isRetryable
        case .notFound, .notYours, .conflict, .invalid, .leaseLost, .malformedRow, .migrationChanged: false
        }
    }
}

extension StoreFailure: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe for users.
    package var description: String {
        switch self {
        case .notFound(let thing): "there is no such \(thing.rawValue)"
        case .notYours(let thing): "this \(thing.rawValue) belongs to another household"
        case .conflict(let words), .invalid(let words): words
        case .leaseLost: "somebody else has taken over this work"
        case .malformedRow(let table, let column): "\(table).\(column) holds something unexpected"
        case .migrationChanged(let file):
            "\(file) was changed after it had been applied; add a new file instead"
        case .database(let failure): failure.description
        }
    }

    package var debugDescription: String {
        switch self {
        case .database(let failure): failure.debugDescription
        case .notFound, .notYours, .conflict, .invalid, .leaseLost, .malformedRow, .migrationChanged:
            description
        }
    }
}
