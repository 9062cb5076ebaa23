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
        case .rowTooLarge: "a row is larger than the database may send (64 KB)"
        case .unsupportedResult: "the database answered with a type that cannot be read"
        case .requestTooLarge: "the request is larger than the database takes at once (4 MiB)"
        case .statementTooLong: "the statement is longer than the database takes"
        case .samePageAgain: "the database answered with the same page again"
        case .transactionNotFound: "the transaction has ended"
        case .transactionBusy: "a transaction was used by two statements at once"
        case .malformedRow(let failure): "the database answered with an unexpected row: \(failure)"
        case .differentStatements: "a batch needs one statement for all its elements"
        case .notSetUp(let fault, _): "the database is not set up: \(fault.description)"
        case .service(let failure): failure.description
        }
    }

    package var debugDescription: String {
        switch self {
        case .constraint(let violation): "\(description): \(violation.message)"
        case .database(_, let message, let statement): "\(description): \(message) in: \(statement)"
        case .service(let failure): failure.debugDescription
        case .notSetUp(_, let message), .unsupportedResult(let message): "\(description): \(message)"
        case .requestTooLarge(let count): "\(description): \(count) bytes without the headers"
        case .statementTooLong(let count): "\(description): \(count) characters"
        case .samePageAgain(let key): "\(description): the statement has to go on after \(key)"
        case .resuming, .statementTimeout, .conflict, .answerTooLarge, .rowTooLarge, .transactionNotFound,
            .transactionBusy, .malformedRow, .differentStatements:
            description
        }
    }
}

extension SetUpFault: CustomStringConvertible {
    /// Safe for users: no names of the account.
    package var description: String {
        switch self {
        case .endpointNotEnabled: "its HTTP endpoint is switched off"
        case .secretNotAccepted: "it does not accept the user and password of its secret"
        case .secretNotReadable: "its secret cannot be read"
        case .databaseNotFound: "there is no such database in the cluster"
        case .clusterNotFound: "there is no such cluster"
        case .clusterNotAvailable: "its cluster is not available"
        }
    }
}
