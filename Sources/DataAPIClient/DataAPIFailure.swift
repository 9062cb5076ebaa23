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
    /// One of the rows takes more than 64 KB. An open transaction is gone.
    case rowTooLarge
    /// A column is of a type that the service does not carry; to be cast to text in the statement. The
    /// message names it.
    case unsupportedResult(message: String)
    /// Refused before it was sent: with its headers it would be more than 4 MiB. `byteCount` is without them.
    case requestTooLarge(byteCount: Int)
    /// Refused before it was sent: 65 536 characters are allowed.
    case statementTooLong(characterCount: Int)
    /// The statement of a page did not go on after the key of the page before it.
    case samePageAgain(key: String)
    /// The transaction expired (3 minutes idle), was lost with its connection, or has ended.
    case transactionNotFound
    /// A second statement was sent into a transaction before the first was answered.
    case transactionBusy
    case malformedRow(RowFailure)
    /// A batch whose elements do not share one text.
    case differentStatements
    /// The cluster or its secret is not what the Data API needs.
    case notSetUp(SetUpFault, message: String)
    /// Anything that is not about SQL: access, network, throttling, a setting.
    case service(AWSFailure)

    /// Whether the same work, all of a transaction, may succeed a moment later.
    package var isRetryable: Bool {
        switch self {
        case .resuming, .conflict, .transactionNotFound: true
        case .database(let sqlState, _, _): SQLState(sqlState).isTransient
        case .service(let failure): failure.isRetryable
        case .statementTimeout, .constraint, .answerTooLarge, .rowTooLarge, .unsupportedResult,
            .requestTooLarge, .statementTooLong, .samePageAgain, .transactionBusy, .malformedRow,
            .differentStatements, .notSetUp:
            false
        }
    }

    /// Whether the transaction in which this happened is no more.
    var endsTransaction: Bool {
        switch self {
        case .answerTooLarge, .rowTooLarge, .transactionNotFound: true
        case .resuming, .statementTimeout, .constraint, .conflict, .database, .unsupportedResult,
            .requestTooLarge, .statementTooLong, .samePageAgain, .transactionBusy, .malformedRow,
            .differentStatements, .notSetUp, .service:
            false
        }
    }

    /// PostgreSQL's five characters, where it had a say.
    package var sqlState: String? {
        switch self {
        case .constraint(let violation): violation.kind.rawValue
        case .conflict(let sqlState), .database(let sqlState, _, _): sqlState
        case .resuming, .statementTimeout, .answerTooLarge, .rowTooLarge, .unsupportedResult,
            .requestTooLarge, .statementTooLong, .samePageAgain, .transactionNotFound, .transactionBusy,
            .malformedRow, .differentStatements, .notSetUp, .service:
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

/// What has to be set right before the Data API answers. Source: the errors of the service's model.
package enum SetUpFault: String, Sendable {
    case endpointNotEnabled = "HttpEndpointNotEnabledException"
    case secretNotAccepted = "InvalidSecretException"
    case secretNotReadable = "SecretsErrorException"
    case databaseNotFound = "DatabaseNotFoundException"
    case clusterNotFound = "NotFoundException"
    case clusterNotAvailable = "InvalidResourceStateException"
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
