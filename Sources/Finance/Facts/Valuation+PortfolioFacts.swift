import Quantities

extension Valuation {
    /// What the portfolio is worth, in all and in its two parts.
    var portfolioFacts: [Fact] {
        [
            date("portfolio.as_of.date", "date of the valuation", asOf, "the day the analysis was made"),
            usd(
                "portfolio.total.usd", "portfolio", "total value", totalUSD,
                "sum of cash and priced holdings",
                from: ["portfolio.cash.usd", "portfolio.invested.usd"]),
            percent(
                "portfolio.total.percent", "portfolio", "cash and priced holdings as a share of the total",
                totalUSD.percent(of: totalUSD), "sum of the shares of cash and priced holdings",
                from: ["portfolio.cash.percent", "portfolio.invested.percent"]),
            usd(
                "portfolio.cash.usd", "portfolio", "cash in accounts", cashUSD,
                "sum of the cash of all accounts", from: accounts.map { "\($0.prefix).cash.usd" }),
            share(
                "portfolio.cash.percent", "portfolio", "cash in accounts as a share of the total", cashUSD,
                of: totalUSD, "cash divided by the total value",
                from: ["portfolio.cash.usd", "portfolio.total.usd"]),
            cashUSD > 0
                ? Fact(
                    id: "portfolio.cash_interest.percent", subject: "portfolio",
                    metric: "yearly interest on cash", value: cashInterestPercent, unit: .percent, asOf: asOf,
                    method: "mean over the accounts, weighted by their cash",
                    inputs: ["portfolio.cash_interest.usd", "portfolio.cash.usd"]) : nil,
            usd(
                "portfolio.cash_interest.usd", "portfolio", "yearly interest on cash in dollars",
                accounts.reduce(Decimal.zero) { $0 + $1.yearlyInterestUSD },
                "sum of the yearly interest of all accounts",
                from: accounts.map { "\($0.prefix).cash_interest.usd" }),
            usd(
                "portfolio.invested.usd", "portfolio", "value of priced holdings", investedUSD,
                "sum of the priced holdings of all accounts",
                from: accounts.map { "\($0.prefix).invested.usd" }),
            share(
                "portfolio.invested.percent", "portfolio", "priced holdings as a share of the total",
                investedUSD, of: totalUSD, "value of priced holdings divided by the total value",
                from: ["portfolio.invested.usd", "portfolio.total.usd"]),
            count("portfolio.accounts.count", "accounts", accounts.count),
            count("portfolio.holdings.count", "different holdings", holdings.count),
        ].compactMap { $0 }
    }
}
