import AWSClient

/// Why a statement gave no answer.
package enum DataAPIFailure: Error, Equatable {
    /// The database was asleep and did not wake up within the client's patience. Nothing was executed.
    case resuming
    /// The statement ran longer than the service allows (45 s). It may still be running.
    case statementTimeout
    case constraint(ConstraintViolation)
    /// Two transactions stood in each other's way (40001, 40P01) and this one was rolled back: the whole of
    /// it may be tried again.
    case conflict(sqlState: String)
    /// PostgreSQL refused the statement. The message may quote values: for logs, not for users.
    case database(sqlState: String, message: String, statement: String)
    /// The rows take more than 1 MiB. An open transaction is gone. Ask for fewer rows, page by key.
    case answerTooLarge
    /// The transaction expired (3 minutes idle), was lost with its connection, or has ended.
    case transactionNotFound
    /// A second statement was sent into a transaction before the first was answered.
    case transactionBusy
    case malformedRow(RowFailure)
    /// A batch whose elements do not share one text.
    case differentStatements
    /// Anything that is not about SQL: access, network, throttling, a setting.
    case service(AWSFailure)

    /// Whether the same work, all of a transaction, may succeed a moment later.
    package var isRetryable: Bool {
        switch self {
        case .resuming, .conflict, .transactionNotFound: true
        case .database(let sqlState, _, _): SQLState(sqlState).isTransient
        case .service(let failure): failure.isRetryable
        case .statementTimeout, .constraint, .answerTooLarge, .transactionBusy, .malformedRow,
            .differentStatements:
            false
        }
    }

    /// PostgreSQL's five characters, where it had a say.
    package var sqlState: String? {
        switch self {
        case .constraint(let violation): violation.kind.rawValue
        case .conflict(let sqlState), .database(let sqlState, _, _): sqlState
        case .resuming, .statementTimeout, .answerTooLarge, .transactionNotFound, .transactionBusy,
            .malformedRow, .differentStatements, .service:
            nil
        }
    }
}

/// A rule of the schema that a change would have broken.
package struct ConstraintViolation: Sendable, Hashable {
    package let kind: Kind
    /// As the schema names it; `nil` for NOT NULL, and where the message does not say.
    package let constraint: String?
    /// PostgreSQL's words; may quote values: for logs, not for users.
    package let message: String

    package init(kind: Kind, constraint: String?, message: String) {
        self.kind = kind
        self.constraint = constraint
        self.message = message
    }

    /// The SQLState says which.
    package enum Kind: String, Sendable {
        case notNull = "23502"
        case foreignKey = "23503"
        case unique = "23505"
        case check = "23514"
        case exclusion = "23P01"
    }
}

extension DataAPIFailure: CustomStringConvertible, CustomDebugStringConvertible {
    /// Safe for users: no values, no statement, nothing of the account.
    package var description: String {
        switch self {
        case .resuming: "the database is waking up; please try again in a few seconds"
        case .statementTimeout: "the database took too long"
        case .constraint(let violation):
            "the database refused the change (\(violation.constraint ?? violation.kind.rawValue))"
        case .conflict: "another change got in the way; please try again"
        case .database(let sqlState, _, _): "the database refused the statement (\(sqlState))"
        case .answerTooLarge: "the answer is larger than the database may send at once (1 MiB)"
        case .transactionNotFound: "the transaction has ended"
        case .transactionBusy: "a transaction was used by two statements at once"
        case .malformedRow(let failure): "the database answered with an unexpected row: \(failure)"
        case .differentStatements: "a batch needs one statement for all its elements"
        case .service(let failure): failure.description
        }
    }

    package var debugDescription: String {
        switch self {
        case .constraint(let violation): "\(description): \(violation.message)"
        case .database(_, let message, let statement): "\(description): \(message) in: \(statement)"
        case .service(let failure): failure.debugDescription
        case .resuming, .statementTimeout, .conflict, .answerTooLarge, .transactionNotFound, .transactionBusy,
            .malformedRow, .differentStatements:
            description
        }
    }
}

/// The class of a PostgreSQL error. Source: PostgreSQL documentation, appendix A.
struct SQLState {
    let code: String

    init(_ code: String) { self.code = code }

    /// Serialization failure and deadlock.
    var isConflict: Bool { code == "40001" || code == "40P01" }

    /// A broken connection (08), no resources left (53), or a server that is shutting down (57P01-57P03).
    var isTransient: Bool {
        code.hasPrefix("08") || code.hasPrefix("53") || ["57P01", "57P02", "57P03"].contains(code)
    }
}
