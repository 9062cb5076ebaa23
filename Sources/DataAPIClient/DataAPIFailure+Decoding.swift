import AWSClient

extension DataAPIFailure {
    /// Reads what the service says in codes, and what PostgreSQL says in the message:
    /// `ERROR: ...; SQLState: 42P01`.
    init(_ failure: AWSFailure, statement: String) {
        let message = MessageText(failure.message)
        switch failure.code {
        case nil: self = .service(failure)
        case ErrorCode.resuming: self = .resuming
        case ErrorCode.statementTimeout: self = .statementTimeout
        case ErrorCode.transactionNotFound: self = .transactionNotFound
        case ErrorCode.unsupportedResult: self = .unsupportedResult(message: failure.message)
        // What the first Data API said of a database that was waking up.
        case ErrorCode.badRequest where message.contains("Communications link failure"): self = .resuming
        case _ where message.contains("a row of more than the allowed size limit"): self = .rowTooLarge
        case _ where message.contains("more than the allowed response size limit"): self = .answerTooLarge
        case _ where message.contains("Transaction is still running a query"): self = .transactionBusy
        case _:
            if let sqlState = message.sqlState {
                self.init(sqlState: sqlState, message: message, statement: statement)
            } else if let fault = failure.code.flatMap(SetUpFault.init) {
                self = .notSetUp(fault, message: failure.message)
            } else {
                self = .service(failure)
            }
        }
    }

    private init(sqlState: String, message: MessageText, statement: String) {
        if let kind = ConstraintViolation.Kind(rawValue: sqlState) {
            self = .constraint(
                ConstraintViolation(kind: kind, constraint: message.constraint, message: message.text))
        } else if SQLState(sqlState).isConflict {
            self = .conflict(sqlState: sqlState)
        } else {
            self = .database(sqlState: sqlState, message: message.text, statement: statement)
        }
    }

    enum ErrorCode {
        static let badRequest = "BadRequestException"
        static let resuming = "DatabaseResumingException"
        static let statementTimeout = "StatementTimeoutException"
        static let transactionNotFound = "TransactionNotFoundException"
        static let unsupportedResult = "UnsupportedResultException"
    }
}

/// An error message of the Data API.
struct MessageText {
    let text: String
    private let bytes: [UInt8]

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    /// The last one counts: values quoted in a detail come before it.
    var sqlState: String? {
        let mark = Array("SQLState: ".utf8)
        guard let start = bytes.indices.last(where: { bytes[$0...].starts(with: mark) }) else { return nil }
        let code = bytes[(start + mark.count)...].prefix(5)
        guard code.count == 5, code.allSatisfy(Self.isCodeCharacter) else { return nil }
        return String(decoding: code, as: UTF8.self)
    }

    /// The name in `violates unique constraint "users_pkey"`. The first counts: values come after it.
    var constraint: String? {
        let mark = Array(" constraint \"".utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else { return nil }
        let rest = bytes[(start + mark.count)...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    func contains(_ words: StaticString) -> Bool {
        let words = Array(words.description.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: words) }
    }

    private static func isCodeCharacter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}
