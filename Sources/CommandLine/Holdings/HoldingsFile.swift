import Finance
import Quantities

/// A household's own holdings, read from a file with one position a line.
///
/// Columns by name, in any order: `account,symbol,quantity` and optionally `cash` (the account's, on any one
/// of its lines), `price` (USD, used where nobody else knows a price) and `purpose`. A line with cash but
/// neither symbol nor quantity is an account that holds only cash.
package struct HoldingsFile: Equatable {
    package struct Position: Equatable {
        package let line: Int
        package let symbol: Symbol
        package let quantity: Decimal
        package let price: Decimal?
    }

    package struct Account: Equatable {
        package let name: String
        package var purpose: String?
        package var cash: Decimal?
        package var positions: [Position] = []
    }

    package let accounts: [Account]

    static let required = ["account", "symbol", "quantity"]
    static let known: Set<String> = ["account", "symbol", "quantity", "cash", "price", "purpose"]
    // What the web API takes: a file that it would refuse half way through must not replace anything.
    static let accountNameLimit = 255
    static let purposeLimit = 1000
    static let largestCash: Decimal = 9_999_999_999
    static let largestQuantity: Decimal = 999_999_999_999
    static let largestPrice: Decimal = 99_999_999
    static let quantityDecimals = 8
    static let moneyDecimals = 2
    static let priceDecimals = 4

    /// - Throws: ``HoldingsFailures`` with everything that is wrong, not only the first.
    package init(_ text: String) throws {
        let records: [CommaSeparatedValues.Record]
        do {
            records = try CommaSeparatedValues(text).records
        } catch {
            throw HoldingsFailures(failures: [error])
        }
        guard let header = records.first else {
            throw HoldingsFailures(failures: [HoldingsFailure(line: 1, message: "the file is empty")])
        }
        let columns = try Self.columns(of: header)
        var reading = Reading(columns: columns)
        for record in records.dropFirst() { reading.add(record) }
        if records.count == 1 { reading.fail(header.line, "the header is followed by no line") }
        guard reading.failures.isEmpty else { throw HoldingsFailures(failures: reading.failures) }
        accounts = reading.accounts
    }

    private static func columns(of header: CommaSeparatedValues.Record) throws -> [String] {
        let columns = header.fields.map { $0.lowercased() }
        var failures: [HoldingsFailure] = []
        for name in required where !columns.contains(name) {
            failures.append(HoldingsFailure(line: header.line, message: "the header has no column `\(name)`"))
        }
        for name in columns where !known.contains(name) {
            failures.append(HoldingsFailure(line: header.line, message: "the column `\(name)` is not known"))
        }
        if Set(columns).count != columns.count {
            failures.append(HoldingsFailure(line: header.line, message: "a column occurs twice"))
        }
        guard failures.isEmpty else { throw HoldingsFailures(failures: failures) }
        return columns
    }

    private struct Reading {
        let columns: [String]
        var accounts: [Account] = []
        var failures: [HoldingsFailure] = []

        init(columns: [String]) { self.columns = columns }

        mutating func fail(_ line: Int, _ message: String) {
            failures.append(HoldingsFailure(line: line, message: message))
        }

        mutating func add(_ record: CommaSeparatedValues.Record) {
            guard record.fields.count <= columns.count else {
                return fail(
                    record.line,
                    "\(record.fields.count) fields, but the header names \(columns.count); does a comma "
                        + "stand in a number or a name? Put it in quotes")
            }
            let pairs = zip(columns, record.fields).filter { !$0.1.isEmpty }
            let fields = Dictionary(pairs) { first, _ in first }
            guard let name = fields["account"] else { return fail(record.line, "there is no account") }
            guard Self.isPlain(name, limit: accountNameLimit) else {
                return fail(
                    record.line,
                    "an account's name has at most \(accountNameLimit) characters, without line breaks")
            }
            let index = accounts.firstIndex { $0.name == name } ?? accounts.endIndex
            if index == accounts.endIndex { accounts.append(Account(name: name)) }
            addPurpose(fields["purpose"], to: index, line: record.line)
            addCash(fields["cash"], to: index, line: record.line)
            addPosition(fields, to: index, line: record.line)
        }

        private static func isPlain(_ text: String, limit: Int) -> Bool {
            text.unicodeScalars.count <= limit
                && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
        }

        private mutating func addPurpose(_ text: String?, to index: Int, line: Int) {
            guard let text else { return }
            guard Self.isPlain(text, limit: purposeLimit) else {
                return fail(line, "the purpose has at most \(purposeLimit) characters, without line breaks")
            }
            if let earlier = accounts[index].purpose, earlier != text {
                return fail(
                    line, "the purpose of \(accounts[index].name) was `\(earlier)` on an earlier line")
            }
            accounts[index].purpose = text
        }

        /// A wrong value as a message quotes it.
        private static func cut(_ text: String) -> String {
            text.count > 40 ? text.prefix(39) + "…" : text
        }

        private mutating func addCash(_ text: String?, to index: Int, line: Int) {
            guard let text else { return }
            guard let cash = Decimal(text), cash >= 0, cash <= largestCash, cash.scale <= moneyDecimals else {
                return fail(line, "cash `\(Self.cut(text))` is not an amount of dollars such as 1250.00")
            }
            if let earlier = accounts[index].cash, earlier != cash {
                return fail(line, "the cash of \(accounts[index].name) was \(earlier) on an earlier line")
            }
            accounts[index].cash = cash
        }

        private mutating func addPosition(_ fields: [String: String], to index: Int, line: Int) {
            guard fields["symbol"] != nil || fields["quantity"] != nil else {
                if fields["cash"] == nil {
                    fail(line, "there is neither a symbol with a quantity nor cash")
                }
                return
            }
            guard let name = fields["symbol"] else { return fail(line, "there is no symbol") }
            guard let symbol = Symbol(name) else {
                return fail(line, "`\(Self.cut(name))` is not a ticker symbol such as SPY")
            }
            guard let amount = fields["quantity"] else { return fail(line, "there is no quantity") }
            guard let quantity = Decimal(amount), quantity > 0, quantity <= largestQuantity,
                quantity.scale <= quantityDecimals
            else {
                return fail(
                    line,
                    "quantity `\(Self.cut(amount))` is not a number above 0 with at most 8 decimals")
            }
            let price = fields["price"].map { Decimal($0) }
            if let price, price.map({ $0 > 0 && $0 <= largestPrice && $0.scale <= priceDecimals }) != true {
                return fail(
                    line,
                    "price `\(Self.cut(fields["price"] ?? ""))` is not a price above 0 with at most 4 "
                        + "decimals")
            }
            if let earlier = accounts[index].positions.first(where: { $0.symbol == symbol }) {
                return fail(line, "\(symbol) is already in \(accounts[index].name), on line \(earlier.line)")
            }
            accounts[index].positions.append(
                Position(line: line, symbol: symbol, quantity: quantity, price: price ?? nil))
        }
    }
}

/// Everything that is wrong with a holdings file; nothing of it was taken over.
package struct HoldingsFailures: Error, Equatable, CustomStringConvertible {
    package let failures: [HoldingsFailure]

    package var description: String { failures.map(\.description).joined(separator: "\n") }
}
