import Quantities

/// A household's holdings as a file (RFC 4180) that `alex analyze` and the import read back: importing it
/// where it came from changes nothing.
///
/// An account is a row with its cash and its purpose, then a row for each position. Of the prices only those
/// the household gave itself are in it: one from the market would come back as the household's own, with
/// another time.
package struct HoldingsSheet: Sendable, Equatable {
    package static let columns: [HoldingsRow.Column] = HoldingsRow.Column.allCases

    private let rows: [[HoldingsRow.Column: String]]

    /// - Throws: ``HoldingsSheetFailure`` when a name would not lead back to its account.
    package init(of portfolio: Portfolio) throws(HoldingsSheetFailure) {
        var names: Set<String> = []
        var rows: [[HoldingsRow.Column: String]] = []
        for account in portfolio.accounts {
            let name = HoldingsRow.trimmed(account.name)
            guard !name.isEmpty else { throw .blankName }
            guard names.insert(name).inserted else { throw .sameName(name) }
            rows.append([
                .account: name, .cash: account.cashUSD.text(fractionDigits: 2, groupSeparator: ""),
                .purpose: HoldingsRow.trimmed(account.purpose ?? ""),
            ])
            for position in account.positions {
                let price = portfolio.instruments[position.symbol]?.price
                rows.append([
                    .account: name, .symbol: position.symbol.description,
                    .quantity: position.quantity.description,
                    .price: price?.source == .household ? price?.usd.description ?? "" : "",
                ])
            }
        }
        self.rows = rows
    }

    /// With a header; every line ends in CRLF.
    package var text: String {
        let header = Self.columns.map(\.rawValue)
        let lines = rows.map { row in
            Self.columns.map { column in Self.quoted(FormulaGuard.added(to: row[column] ?? "")) }
        }
        return ([header] + lines).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    /// Blanks at the ends are quoted too: readers drop bare ones.
    private static func quoted(_ field: String) -> String {
        let bytes = Array(field.utf8)
        let blank = UInt8(ascii: " ")
        let quote = UInt8(ascii: "\"")
        let isPlain = bytes.allSatisfy { !Array(",\"\r\n".utf8).contains($0) }
        if isPlain && bytes.first != blank && bytes.last != blank { return field }
        let doubled = bytes.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
    }
}

/// Why holdings cannot be written as a file that leads back to them.
package enum HoldingsSheetFailure: Error, Equatable, CustomStringConvertible {
    case sameName(String)
    case blankName

    package var description: String {
        switch self {
        case .sameName(let name):
            "two accounts are called `\(name)`: a file could not tell them apart; rename one first"
        case .blankName: "an account has a blank name: a file could not lead back to it; rename it first"
        }
    }
}
