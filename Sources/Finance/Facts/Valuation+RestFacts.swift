import Quantities

/// Which rows of a long list are shown one by one, here for everybody: the report's tables show these rows,
/// and facts say what the others come to.
extension Valuation {
    package static let mostHoldingsListed = 25
    package static let mostAccountsListed = 15

    package var listedHoldings: (shown: ArraySlice<HoldingValuation>, rest: ArraySlice<HoldingValuation>) {
        Self.divide(holdings, at: Self.mostHoldingsListed)
    }

    package var listedAccounts: (shown: ArraySlice<AccountValuation>, rest: ArraySlice<AccountValuation>) {
        Self.divide(accounts, at: Self.mostAccountsListed)
    }

    /// A row of its own for what is one too many is no longer than a row that sums it up.
    private static func divide<Element>(_ elements: [Element], at limit: Int)
        -> (shown: ArraySlice<Element>, rest: ArraySlice<Element>)
    {
        elements.count <= limit + 1
            ? (elements[...], []) : (elements.prefix(limit), elements.dropFirst(limit))
    }

    /// The rows that share the last one; nothing where all are shown.
    var restFacts: [Fact] { accountRestFacts + holdingRestFacts }

    private var accountRestFacts: [Fact] {
        let (_, rest) = listedAccounts
        guard !rest.isEmpty else { return [] }
        let subject = "other accounts"
        let restUSD = rest.reduce(Decimal.zero) { $0 + $1.totalUSD }
        return [
            count("accounts.rest.count", "accounts beyond those listed", rest.count, subject: subject),
            usd(
                "accounts.rest.cash.usd", subject, "cash in the accounts beyond those listed",
                rest.reduce(Decimal.zero) { $0 + $1.account.cashUSD }, "sum of their cash",
                from: rest.map { "\($0.prefix).cash.usd" }),
            usd(
                "accounts.rest.usd", subject, "value of the accounts beyond those listed", restUSD,
                "sum of their values", from: rest.map { "\($0.prefix).total.usd" }),
            share(
                "accounts.rest.percent", subject,
                "accounts beyond those listed as a share of the portfolio", restUSD, of: totalUSD,
                "their value divided by the total value", from: ["accounts.rest.usd", "portfolio.total.usd"]),
        ].compactMap { $0 }
    }

    private var holdingRestFacts: [Fact] {
        let (_, rest) = listedHoldings
        guard !rest.isEmpty else { return [] }
        let subject = "smaller holdings"
        let priced = rest.filter { $0.valueUSD != nil }
        let restUSD = priced.reduce(Decimal.zero) { $0 + ($1.valueUSD ?? 0) }
        return [
            count("holdings.rest.count", "holdings beyond those listed", rest.count, subject: subject),
            count(
                "holdings.rest.unpriced.count", "holdings beyond those listed that have no price",
                rest.count - priced.count, subject: subject),
            usd(
                "holdings.rest.usd", subject, "value of the holdings beyond those listed", restUSD,
                "sum of their values", from: priced.map { "holding.\($0.symbol).value.usd" }),
            share(
                "holdings.rest.percent", subject,
                "holdings beyond those listed as a share of the portfolio", restUSD, of: totalUSD,
                "their value divided by the total value", from: ["holdings.rest.usd", "portfolio.total.usd"]),
        ].compactMap { $0 }
    }
}
