import Quantities

/// A row of a file of holdings: what it says, and what is wrong with it, in sentences for the household.
///
/// The file that `alex analyze` reads and the rows that the web app imports are the same thing; here is what
/// they may hold. A row names an account and either a symbol with a quantity, or cash, or both; the price
/// counts only where nobody else knows one.
package struct HoldingsRow: Sendable, Equatable {
    package enum Column: String, Sendable, CaseIterable {
        case account
        case symbol
        case quantity
        case cash
        case price
        case purpose
    }

    package static let accountNameLimit = 255
    package static let purposeLimit = 1000
    package static let largestCash: Decimal = 9_999_999_999
    package static let largestQuantity: Decimal = 999_999_999_999
    package static let largestPrice: Decimal = 99_999_999
    package static let cashDecimals = 2
    package static let quantityDecimals = 8
    package static let priceDecimals = 4

    /// Whether the row says something about its account, also something that cannot be.
    package let namesAccount: Bool
    package let account: String?
    package let purpose: String?
    package let cash: Decimal?
    package let symbol: Symbol?
    package let quantity: Decimal?
    package let price: Decimal?
    /// Everything that is wrong, not only the first.
    package let complaints: [String]

    /// - Parameters:
    ///   - cells: Text as in the file, by column; what is blank is absent.
    ///   - needsAccount: `false` where it is known otherwise to which account a row without one belongs.
    package init(_ cells: [Column: String], needsAccount: Bool = true) {
        var reading = Reading(cells)
        namesAccount = reading.has(.account)
        account = reading.account(isNeeded: needsAccount)
        purpose = reading.purpose()
        cash = reading.amount(.cash, upTo: Self.largestCash, decimals: Self.cashDecimals, isZeroAllowed: true)
        (symbol, quantity, price) = reading.holding()
        complaints = reading.complaints
    }
}

extension HoldingsRow {
    private struct Reading {
        private let cells: [Column: String]
        private(set) var complaints: [String] = []

        init(_ cells: [Column: String]) {
            self.cells = cells.compactMapValues { cell in
                let text = FormulaGuard.removed(from: HoldingsRow.trimmed(cell))
                return text.isEmpty ? nil : text
            }
        }

        func has(_ column: Column) -> Bool { cells[column] != nil }

        mutating func account(isNeeded: Bool) -> String? {
            if isNeeded && !has(.account) { complaints.append("there is no account") }
            return plain(.account, limit: accountNameLimit, "an account's name")
        }

        mutating func purpose() -> String? { plain(.purpose, limit: purposeLimit, "the purpose") }

        private mutating func plain(_ column: Column, limit: Int, _ subject: String) -> String? {
            guard let text = cells[column] else { return nil }
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
            if isPlain && text.unicodeScalars.count <= limit { return text }
            complaints.append("\(subject) has at most \(limit) characters, without line breaks")
            return nil
        }

        mutating func holding() -> (Symbol?, quantity: Decimal?, price: Decimal?) {
            guard has(.symbol) || has(.quantity) else {
                if !has(.cash) {
                    complaints.append("there is neither a symbol with a quantity nor cash")
                }
                return (nil, nil, nil)
            }
            let symbol = cells[.symbol].flatMap { Symbol($0) }
            if let text = cells[.symbol] {
                if symbol == nil {
                    complaints.append("`\(Self.cut(text))` is not a ticker symbol such as SPY")
                }
            } else {
                complaints.append("there is no symbol")
            }
            if !has(.quantity) { complaints.append("there is no quantity") }
            let quantity = amount(.quantity, upTo: largestQuantity, decimals: quantityDecimals)
            return (symbol, quantity, amount(.price, upTo: largestPrice, decimals: priceDecimals))
        }

        mutating func amount(
            _ column: Column, upTo largest: Decimal, decimals: Int, isZeroAllowed: Bool = false
        ) -> Decimal? {
            guard let text = cells[column] else { return nil }
            // A dollar sign before a number of shares is a value in the wrong column.
            let amount = HoldingsRow.amount(text, isMoney: column != .quantity)
            if let amount, amount <= largest, amount.scale <= decimals,
                isZeroAllowed ? amount >= 0 : amount > 0
            {
                return amount
            }
            let wanted =
                switch column {
                case .cash: "is not an amount of dollars such as 1250.00"
                case .price: "is not a price above 0 with at most \(decimals) decimals"
                default: "is not a number above 0 with at most \(decimals) decimals"
                }
            complaints.append("\(column.rawValue) `\(Self.cut(text))` \(wanted)")
            return nil
        }

        /// A wrong value as a message quotes it.
        private static func cut(_ text: String) -> String {
            text.count > 40 ? text.prefix(39) + "…" : text
        }
    }

    /// Without blanks and line ends around it.
    static func trimmed(_ text: String) -> String {
        let blanks: Set<Character> = [" ", "\t", "\r", "\n", "\r\n"]
        let head = text.drop { blanks.contains($0) }
        guard let last = head.lastIndex(where: { !blanks.contains($0) }) else { return "" }
        return String(head[...last])
    }

    /// A number as people and spreadsheets write it: `1234.5`, `1,234.50`, and for money `$12.50`.
    ///
    /// Commas only as thousands separators in the right places: `12,34` and `0,123` are decimals to half of
    /// the world, and a guess could be wrong a thousandfold.
    static func amount(_ text: String, isMoney: Bool) -> Decimal? {
        let number = isMoney && text.hasPrefix("$") ? text.dropFirst() : text[...]
        guard number.contains(",") else { return Decimal(number) }
        let whole = number.prefix { $0 != "." }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.utf8.count), !first.hasPrefix("0"),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }),
            number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2C || $0 == 0x2E })
        else { return nil }
        return Decimal(groups.joined() + number[whole.endIndex...])
    }
}

/// Keeps a spreadsheet from taking text for a formula: an apostrophe before text that begins with `=`, `+`,
/// `-` or `@`, and one more where apostrophes stand before those already, so that it can be taken away again.
enum FormulaGuard {
    static func added(to text: String) -> String { isNeeded(text[...]) ? "'" + text : text }

    static func removed(from text: String) -> String {
        text.hasPrefix("'") && isNeeded(text.dropFirst()) ? String(text.dropFirst()) : text
    }

    private static func isNeeded(_ text: Substring) -> Bool {
        text.drop { $0 == "'" }.unicodeScalars.first.map { "=+-@".unicodeScalars.contains($0) } ?? false
    }
}
