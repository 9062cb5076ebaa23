import DataAPIClient
import Finance
import Quantities
import Wire

/// A row of one of our tables, as `to_jsonb` prints it.
///
/// Statements that answer with rows of several tables return them one after the other as `(kind, body)`. So
/// a household comes in one call
/// without repeating the account's columns for each position, and stays far below the Data API's 1 MiB and
/// 64 KB a row. `NUMERIC` keeps
/// its digits: ``JSONValue`` does not read numbers into binary floating point.
struct TableRow: Sendable {
    /// The table, or what the statement says in its place.
    let kind: String
    let body: JSONValue

    func required<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws(StoreFailure)
        -> Value
    {
        guard let value = try optional(column, as: type) else {
            throw .malformedRow(table: kind, column: column)
        }
        return value
    }

    /// `nil` when the column is NULL.
    func optional<Value: ColumnValue>(_ column: String, as type: Value.Type = Value.self) throws(StoreFailure)
        -> Value?
    {
        guard let cell = body[column] else { throw .malformedRow(table: kind, column: column) }
        if cell.isNull { return nil }
        guard let value = Value(column: cell) else { throw .malformedRow(table: kind, column: column) }
        return value
    }

    /// `nil` for '{}', which is how a table says that nobody knows.
    func allocation<Category>(_ column: String, of category: Category.Type = Category.self)
        throws(StoreFailure) -> Allocation<Category>?
    {
        guard let parts = body[column]?.object else { throw .malformedRow(table: kind, column: column) }
        if parts.isEmpty { return nil }
        var percentByCategory: [Category: Double] = [:]
        for (name, percent) in parts {
            guard let category = Category(rawValue: name), let percent = percent.double else {
                throw .malformedRow(table: kind, column: column)
            }
            percentByCategory[category] = percent
        }
        do {
            return try Allocation(percentByCategory)
        } catch {
            throw .malformedRow(table: kind, column: column)
        }
    }
}

extension DataAPIClient {
    /// Runs a statement whose columns are `kind` and `body`. Rows without a body are kept: their kind says
    /// something.
    func tableRows(_ statement: SQLStatement, in transaction: Transaction? = nil, isRepeatable: Bool = false)
        async throws(StoreFailure) -> [TableRow]
    {
        do {
            var rows: [TableRow] = []
            for row in try await query(statement, in: transaction, isRepeatable: isRepeatable) {
                let body = try row.optional("body", as: JSONValue.self)
                rows.append(TableRow(kind: try row.required("kind"), body: body ?? .null))
            }
            return rows
        } catch {
            throw StoreFailure(error)
        }
    }

    /// How many rows a statement changed.
    @discardableResult
    func change(_ statement: SQLStatement, in transaction: Transaction? = nil) async throws(StoreFailure)
        -> Int
    {
        do {
            return try await execute(statement, in: transaction)
        } catch {
            throw StoreFailure(error)
        }
    }
}

/// What a column of a JSON row can be read as.
protocol ColumnValue {
    init?(column: JSONValue)
}

extension String: ColumnValue {
    init?(column: JSONValue) {
        guard let text = column.string else { return nil }
        self = text
    }
}

extension Int: ColumnValue {
    init?(column: JSONValue) {
        guard let number = column.int else { return nil }
        self = number
    }
}

extension Bool: ColumnValue {
    init?(column: JSONValue) {
        guard let flag = column.bool else { return nil }
        self = flag
    }
}

extension Double: ColumnValue {
    init?(column: JSONValue) {
        guard let number = column.double else { return nil }
        self = number
    }
}

extension Decimal: ColumnValue {
    init?(column: JSONValue) {
        guard let number = column.decimal else { return nil }
        self = number
    }
}

extension JSONValue: ColumnValue {
    init?(column: JSONValue) { self = column }
}

extension UUID: ColumnValue {
    init?(column: JSONValue) { self.init(column.string ?? "") }
}

extension Timestamp: ColumnValue {
    init?(column: JSONValue) { self.init(column.string ?? "") }
}

extension CalendarDate: ColumnValue {
    init?(column: JSONValue) { self.init(column.string ?? "") }
}

extension Symbol: ColumnValue {
    init?(column: JSONValue) { self.init(column.string ?? "") }
}

extension ColumnValue where Self: RawRepresentable<String> {
    init?(column: JSONValue) { self.init(rawValue: column.string ?? "") }
}

extension InstrumentType: ColumnValue {}
extension PriceSource: ColumnValue {}
extension AnalysisJob.Status: ColumnValue {}
extension AnalysisSection: ColumnValue {}
extension JobEvent.Kind: ColumnValue {}
