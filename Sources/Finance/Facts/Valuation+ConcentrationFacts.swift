import Quantities

extension Valuation {
    /// How much depends on few holdings and few accounts. A fund counts as one holding.
    var concentrationFacts: [Fact] { shareFacts + indexFacts }

    /// Holdings that are taken together.
    private static let mostTogether = 3

    private var shareFacts: [Fact] {
        let priced = holdings.filter { $0.valueUSD != nil }
        let top = priced.prefix(Self.mostTogether)
        let topUSD = top.reduce(Decimal.zero) { $0 + ($1.valueUSD ?? 0) }
        let account = accounts.enumerated().max {
            ($0.element.totalUSD, $1.offset) < ($1.element.totalUSD, $0.offset)
        }
        return [
            investedUSD == 0
                ? nil
                : priced.first.flatMap { largest in
                    share(
                        "concentration.largest.percent", largest.symbol.description,
                        "largest holding as a share of the portfolio", largest.valueUSD ?? 0, of: totalUSD,
                        "value divided by the total value",
                        from: ["holding.\(largest.symbol).value.usd", "portfolio.total.usd"])
                },
            top.count < Self.mostTogether
                ? nil
                : share(
                    "concentration.top_three.percent", "portfolio",
                    "three largest holdings together as a share of the portfolio", topUSD, of: totalUSD,
                    "their values divided by the total value",
                    from: top.map { "holding.\($0.symbol).value.usd" } + ["portfolio.total.usd"]),
            account.flatMap { _, largest in
                share(
                    "concentration.largest_account.percent", largest.account.name,
                    "largest account as a share of the portfolio", largest.totalUSD, of: totalUSD,
                    "value of the account divided by the total value",
                    from: ["\(largest.prefix).total.usd", "portfolio.total.usd"])
            },
        ].compactMap { $0 }
    }

    private var indexFacts: [Fact] {
        guard investedUSD > 0 else { return [] }
        let priced = holdings.filter { $0.valueUSD != nil }
        let shares = priced.map { ($0.valueUSD?.approximate ?? 0) / investedUSD.approximate }
        let herfindahl = shares.reduce(0) { $0 + $1 * $1 }
        return [
            statistic(herfindahl, fractionDigits: 4).map {
                Fact(
                    id: "concentration.herfindahl", subject: "portfolio",
                    metric: "concentration (Herfindahl-Hirschman index, 0 to 1)", value: $0, unit: .ratio,
                    asOf: asOf, method: "sum over the squared shares of the priced holdings without cash",
                    inputs: few(
                        priced.map { "holding.\($0.symbol).value.usd" }, otherwise: "portfolio.invested.usd"))
            },
            statistic(1 / herfindahl, fractionDigits: 1).map {
                Fact(
                    id: "concentration.effective.count", subject: "portfolio",
                    metric: "effective number of holdings", value: $0, unit: .count, asOf: asOf,
                    method: "the inverse of the concentration before that is rounded",
                    inputs: ["concentration.herfindahl"])
            },
        ].compactMap { $0 }
    }
}
