import CPostgres

/// One row of a result. Valid only while the statement's `receive` runs.
struct PostgresRow {
    private let result: OpaquePointer

    init(result: OpaquePointer) { self.result = result }

    var count: Int { Int(PQnfields(result)) }

    /// The bytes of all values, as they came from the database.
    var byteCount: Int {
        (0..<PQnfields(result)).reduce(0) { sum, column in sum + Int(PQgetlength(result, 0, column)) }
    }

    var texts: [String?] { (0..<count).map { text($0) } }

    /// PostgreSQL's text form; `nil` is NULL.
    func text(_ column: Int) -> String? {
        guard PQgetisnull(result, 0, Int32(column)) == 0 else { return nil }
        return PQgetvalue(result, 0, Int32(column)).map { String(cString: $0) }
    }
}

/// What a statement did, beside its rows.
struct PostgresOutcome: Sendable {
    private(set) var columns: [PostgresColumn] = []
    /// `INSERT 0 1`, `SELECT 3`, `ROLLBACK`.
    private(set) var commandTag = ""
    /// Rows inserted, updated or deleted.
    private(set) var affectedRows = 0

    mutating func describe(_ result: OpaquePointer) {
        guard columns.isEmpty else { return }
        columns = (0..<PQnfields(result)).map { index in
            PostgresColumn(
                label: PostgresConnection.text(PQfname(result, index)), type: PQftype(result, index),
                modifier: Int(PQfmod(result, index)), table: PQftable(result, index),
                position: Int(PQftablecol(result, index)))
        }
    }

    mutating func finish(_ result: OpaquePointer) {
        commandTag = PostgresConnection.text(PQcmdStatus(result))
        if !commandTag.hasPrefix("SELECT") {
            affectedRows = Int(PostgresConnection.text(PQcmdTuples(result))) ?? 0
        }
    }
}

struct PostgresColumn: Sendable, Hashable {
    let label: String
    let type: UInt32
    /// The type's length or precision as PostgreSQL packs it; -1 is none.
    let modifier: Int
    /// The table the column comes from; 0 for an expression.
    let table: UInt32
    let position: Int
}

/// What PostgreSQL or the way to it says when it does not work.
enum PostgresFailure: Error, Hashable {
    case notConnected(String)
    case interrupted(String)
    case copyNotSupported
    case statement(sqlState: String, message: String)

    /// The words of the real service: those of JDBC, in one line.
    init(_ result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        guard let sqlState = field("C") else {
            self = .interrupted(PostgresConnection.text(PQresultErrorMessage(result)))
            return
        }
        var message = "\(field("S") ?? "ERROR"): \(field("M") ?? "")"
        if let detail = field("D") { message += "; Detail: \(detail)" }
        if let hint = field("H") { message += "; Hint: \(hint)" }
        if let position = field("P") { message += "; Position: \(position)" }
        self = .statement(sqlState: sqlState, message: "\(message); SQLState: \(sqlState)")
    }

    var sqlState: String? {
        if case .statement(let sqlState, _) = self { sqlState } else { nil }
    }
}
