import Quantities

/// What the rows of an import would do to a household: nothing is done here, so a dry run and the real one
/// say the same.
///
/// A row that says what is so already changes nothing; importing a file again does nothing at all.
package struct HoldingsImport: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        case added
        case updated
        case alreadyThere = "already_there"
        case refused
    }

    package struct Line: Sendable, Equatable {
        /// From 1.
        package let row: Int
        package let outcome: Outcome
        /// `nil` where the row names none that can be.
        package let account: String?
        package let symbol: Symbol?
        /// Why the row was refused.
        package let message: String?
    }

    /// An account as it will be.
    package struct AccountEntry: Sendable, Equatable {
        package let id: Account.ID
        package let name: String
        /// `nil` keeps what is there.
        package let purpose: String?
        /// `nil` keeps what is there, and is 0 in a new account.
        package let cash: Decimal?
    }

    package struct PositionEntry: Sendable, Equatable {
        package let account: Account.ID
        package let symbol: Symbol
        package let quantity: Decimal
    }

    /// One for each row, in order.
    package private(set) var lines: [Line] = []
    package private(set) var opened: [AccountEntry] = []
    package private(set) var changed: [AccountEntry] = []
    /// Those that are not there with that quantity.
    package private(set) var positions: [PositionEntry] = []
    /// Of symbols about whose price nothing is known here; somebody else may know one.
    package private(set) var prices: [Symbol: Decimal] = [:]
    /// How many of ``positions`` are not there at all.
    package private(set) var newPositionsCount = 0

    /// - Parameters:
    ///   - rows: Text as in the file, by column.
    ///   - portfolio: What is there, the oldest account first: it wins where two have one name.
    ///   - home: Where rows without an account go, one of the portfolio's; `nil` refuses them.
    ///   - random: For the ids of new accounts.
    package init(
        _ rows: [[HoldingsRow.Column: String]], into portfolio: Portfolio, home: Account.ID? = nil,
        using random: inout some RandomNumberGenerator
    ) {
        var ledger = HoldingsLedger<Account.ID>(countedBy: .row)
        var newIDs: [String: Account.ID] = [:]
        let home = portfolio.accounts.first { $0.id == home }
        for (index, cells) in rows.enumerated() {
            let row = HoldingsRow(cells, needsAccount: home == nil)
            let account = row.namesAccount ? portfolio.account(called: row.account) : home
            let name = row.account ?? account?.name
            var complaints = row.complaints
            if let name {
                let id = account?.id ?? newIDs[name] ?? UUID(using: &random)
                if account == nil { newIDs[name] = id }
                complaints = ledger.add(row, number: index + 1, to: id, called: name)
            }
            let isTaken = complaints.isEmpty
            lines.append(
                Line(
                    row: index + 1, outcome: isTaken ? take(row, account, portfolio) : .refused,
                    account: name, symbol: row.symbol,
                    message: isTaken ? nil : complaints.joined(separator: "; ")))
        }
        for entry in ledger.entries { take(entry, portfolio.accounts.first { $0.id == entry.place }) }
    }

    package var changesNothing: Bool {
        opened.isEmpty && changed.isEmpty && positions.isEmpty && prices.isEmpty
    }

    package func count(_ outcome: Outcome) -> Int { lines.count { $0.outcome == outcome } }

    /// Notes the price of a row that is fine, and compares the row with what is there.
    private mutating func take(_ row: HoldingsRow, _ account: Account?, _ portfolio: Portfolio) -> Outcome {
        var isNews = false
        if let symbol = row.symbol, let price = row.price, prices[symbol] == nil,
            portfolio.instruments[symbol]?.price == nil
        {
            prices[symbol] = price
            isNews = true
        }
        guard let account else { return .added }
        if let symbol = row.symbol {
            guard let position = account.positions.first(where: { $0.symbol == symbol }) else {
                return .added
            }
            isNews = isNews || row.quantity != position.quantity
        }
        isNews = isNews || Self.news(row.cash, row.purpose, for: account) != nil
        return isNews ? .updated : .alreadyThere
    }

    /// - Parameter account: The one that is there; `nil` when the file opens it.
    private mutating func take(_ entry: HoldingsLedger<Account.ID>.Entry, _ account: Account?) {
        if let account {
            if let news = Self.news(entry.cash, entry.purpose, for: account) { changed.append(news) }
        } else {
            opened.append(
                AccountEntry(id: entry.place, name: entry.name, purpose: entry.purpose, cash: entry.cash))
        }
        for position in entry.positions {
            let old = account?.positions.first { $0.symbol == position.symbol }
            guard old?.quantity != position.quantity else { continue }
            if old == nil { newPositionsCount += 1 }
            positions.append(
                PositionEntry(account: entry.place, symbol: position.symbol, quantity: position.quantity))
        }
    }

    /// What of cash and purpose is not so already; `nil` when nothing.
    private static func news(_ cash: Decimal?, _ purpose: String?, for account: Account) -> AccountEntry? {
        let cash = cash == account.cashUSD ? nil : cash
        let purpose = purpose == account.purpose.map(HoldingsRow.trimmed) ? nil : purpose
        guard cash != nil || purpose != nil else { return nil }
        return AccountEntry(id: account.id, name: account.name, purpose: purpose, cash: cash)
    }
}

extension Portfolio {
    /// The oldest of that name, blanks around it apart.
    fileprivate func account(called name: String?) -> Account? {
        guard let name else { return nil }
        return accounts.first { HoldingsRow.trimmed($0.name) == name }
    }
}
