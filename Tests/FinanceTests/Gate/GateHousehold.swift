import Finance
import Quantities

/// The facts that texts are checked against in the tests of the gate: one household, in round and in crooked
/// figures, with the metrics the product writes.
enum GateHousehold {
    static let now = Timestamp("2026-11-21T08:00:00Z") ?? Timestamp(secondsSinceEpoch: 0)
    static let pricedAt = Timestamp("2023-12-29T16:00:00Z") ?? Timestamp(secondsSinceEpoch: 0)
    /// What the household calls its things; no word of it is checked.
    static let names = ["401k", "Fund 2045", "$9,999,999", "balance is 9,999,999", "Gold Fund 1g"]
    static let passages = ["Assumed are 14,500 paths of 3 kinds, as of May 2019."]

    static let table = FactTable(
        household + accounts + holdings + classes + regions + sectors + concentration + plan + outcome
            + start + end)
    static let gate = Gate(table, names: names, passages: passages)

    /// Whether nothing is wrong with a text.
    static func passes(_ text: String) -> Bool { gate.check(text).isPublishable }

    static func fact(
        _ id: Fact.ID, _ subject: String, _ metric: String, _ value: String, _ unit: Fact.Unit
    ) -> Fact {
        Fact(
            id: id, subject: subject, metric: metric, value: Decimal(value) ?? 0, unit: unit,
            asOf: id.hasPrefix("holding.") ? pricedAt : now, method: "for a test")
    }

    private static func date(_ id: Fact.ID, _ metric: String, _ day: Timestamp) -> Fact {
        fact(id, "portfolio", metric, "\(day.date.daysSinceEpoch)", .date)
    }

    private static let household = [
        date("portfolio.as_of.date", "date of the valuation", now),
        fact("portfolio.total.usd", "portfolio", "total value", "126488.38", .usd),
        fact(
            "portfolio.total.percent", "portfolio", "total value as a share of itself", "100", .percent),
        fact("portfolio.cash.usd", "portfolio", "cash in accounts", "25550.50", .usd),
        fact(
            "portfolio.cash.percent", "portfolio", "cash in accounts as a share of the total", "20.199879",
            .percent),
        fact("portfolio.invested.usd", "portfolio", "value of priced holdings", "100937.88", .usd),
        fact(
            "portfolio.invested.percent", "portfolio", "priced holdings as a share of the total",
            "79.800121", .percent),
        fact("portfolio.accounts.count", "portfolio", "accounts", "4", .count),
        fact("portfolio.holdings.count", "portfolio", "different holdings", "9", .count),
        fact("portfolio.unpriced.count", "portfolio", "holdings without a price", "2", .count),
        fact("portfolio.unclassified.count", "portfolio", "holdings nobody has classified", "3", .count),
        date("portfolio.oldest_price.date", "date of the oldest price", pricedAt),
        fact("portfolio.oldest_price_age.days", "portfolio", "age of the oldest price", "1058", .days),
        fact("portfolio.stale.count", "portfolio", "holdings with an old price", "6", .count),
        fact("portfolio.total.lower.usd", "portfolio", "lower bound of the total value", "91240", .usd),
        fact("portfolio.total.upper.usd", "portfolio", "upper bound of the total value", "171312.4", .usd),
    ]

    private static let accounts =
        account("1", "401k", total: "75951.15", share: "60.045950", cash: "4500", interest: "4.5")
        + account("2", "Roth IRA", total: "21152.73", share: "16.723062", cash: "1800", interest: "1.1")
        + account("3", "Brokerage", total: "17384.50", share: "13.743951", cash: "7250.50", interest: "0")
        + account("4", "Emergency fund", total: "12000", share: "9.487037", cash: "12000", interest: "3.75")
        + [
            fact(
                "account.1.allocation.equity.usd", "401k", "value of Equity in the account, by asset class",
                "58401.15", .usd),
            fact(
                "account.1.allocation.equity.percent", "401k",
                "share of Equity in the account, by asset class", "76.893042", .percent),
            fact(
                "account.2.allocation.equity.percent", "Roth IRA",
                "share of Equity in the account, by asset class", "63.786093", .percent),
        ]

    private static func account(
        _ id: String, _ name: String, total: String, share: String, cash: String, interest: String
    ) -> [Fact] {
        [
            fact("account.\(id).total.usd", name, "value of the account", total, .usd),
            fact("account.\(id).total.percent", name, "share of the portfolio", share, .percent),
            fact("account.\(id).cash.usd", name, "cash in the account", cash, .usd),
            fact(
                "account.\(id).cash_interest.percent", name, "yearly interest on cash", interest, .percent),
        ]
    }

    private static let holdings =
        holding("SPY", "120", price: "450.25", value: "54030", share: "42.715386")
        + holding("QQQ", "35", price: "385.50", value: "13492.50", share: "10.667003")
        + holding("BND", "180", price: "72.50", value: "13050", share: "10.317153")
        + holding("VEA", "90.5", price: "48.30", value: "4371.15", share: "3.455772")
        + [fact("holding.AAPL.quantity", "AAPL", "quantity held", "40", .shares)]

    private static func holding(
        _ symbol: String, _ quantity: String, price: String, value: String, share: String
    ) -> [Fact] {
        [
            fact("holding.\(symbol).quantity", symbol, "quantity held", quantity, .shares),
            fact("holding.\(symbol).price.usd", symbol, "price", price, .usd),
            fact("holding.\(symbol).price_age.days", symbol, "age of the price", "1058", .days),
            fact("holding.\(symbol).value.usd", symbol, "value", value, .usd),
            fact("holding.\(symbol).value.percent", symbol, "share of the portfolio", share, .percent),
        ]
    }

    private static let classes =
        part("allocation.equity", "Equity", "asset class", "82027.65", "64.849949")
        + part("allocation.fixed_income", "Fixed Income", "asset class", "13050", "10.317153")
        + part("allocation.cash", "Cash", "asset class", "25550.50", "20.199879")
        + part("allocation.real_estate", "Real Estate", "asset class", "3462.90", "2.737722")
        + target("allocation.equity", "Equity", "asset class", "64.849949", "70", "-5.150051")
        + target("allocation.fixed_income", "Fixed Income", "asset class", "10.317153", "30", "-19.682847")
        + target("allocation.cash", "Cash", "asset class", "20.199879", "0", "20.199879")
        + [drift("allocation", "asset class", "24.832898")]

    private static let regions =
        part("region.north_america", "North America", "region", "119719.90", "94.648932")
        + part("region.europe", "Europe", "region", "2622.69", "2.073463")
        + target("region.north_america", "North America", "region", "95.6", "50", "45.6")
        + target("region.international", "International (all others)", "region", "4.4", "50", "-45.6")
        + [drift("region", "region", "45.6")]

    private static let sectors =
        part("sector.technology", "Technology", "sector", "24541.24", "24.313213")
        + part("sector.healthcare", "Healthcare", "sector", "10249.28", "10.154048")
        + part("sector.real_estate", "Real Estate", "sector", "4674.63", "4.631195")

    private static func part(
        _ id: Fact.ID, _ subject: String, _ division: String, _ usd: String, _ percent: String
    ) -> [Fact] {
        [
            fact("\(id).usd", subject, "value by \(division)", usd, .usd),
            fact("\(id).percent", subject, "share by \(division)", percent, .percent),
        ]
    }

    private static func target(
        _ id: Fact.ID, _ subject: String, _ division: String, _ share: String, _ target: String,
        _ gap: String
    ) -> [Fact] {
        [
            fact(
                "\(id).compared.percent", subject,
                "share that is compared with the target by \(division)", share, .percent),
            fact("\(id).target.percent", subject, "target share by \(division)", target, .percent),
            fact(
                "\(id).gap.points", subject,
                "share above (below: negative) the target by \(division), in points", gap, .points),
        ]
    }

    private static func drift(_ id: Fact.ID, _ division: String, _ percent: String) -> Fact {
        fact(
            "\(id).drift.percent", "portfolio",
            "part that would have to change places to meet the targets by \(division)", percent, .percent)
    }

    private static let concentration = [
        fact(
            "concentration.largest.percent", "SPY", "largest holding as a share of the portfolio",
            "42.715386", .percent),
        fact(
            "concentration.top_three.percent", "portfolio",
            "three largest holdings together as a share of the portfolio", "63.699543", .percent),
        fact(
            "concentration.herfindahl", "portfolio",
            "concentration (Herfindahl-Hirschman index, 0 to 1)", "0.3361", .ratio),
        fact(
            "concentration.effective.count", "portfolio", "effective number of holdings", "3.1", .count),
    ]

    private static let plan = [
        fact("investor.retirement.years", "investor", "years until retirement", "20", .years),
        fact(
            "investor.target_income.usd", "investor",
            "yearly income wanted in retirement, in today's money", "60000", .usd),
        fact(
            "investor.contribution.usd", "investor",
            "saved each year until retirement, in today's money", "6500", .usd),
        retirement("length.years", "years in retirement", "30", .years),
        retirement("return.percent", "expected yearly return before inflation", "6.217", .percent),
        retirement("volatility.percent", "yearly volatility", "10.412", .percent),
        retirement("inflation.percent", "assumed yearly inflation", "2.5", .percent),
        retirement("paths.count", "simulated paths", "10000", .count),
    ]

    private static let outcome = [
        retirement(
            "success.percent", "paths that pay the target income in every year of retirement", "71.43",
            .percent),
        retirement(
            "sampling_error.points", "half the width of the 95 percent interval of the success", "0.885",
            .points),
        retirement("lasted.years", "mean number of retirement years paid in full", "26.3", .years),
        retirement(
            "lasted_nine_in_ten.years", "retirement years that nine in ten paths pay in full", "18", .years),
        retirement(
            "four_percent_income.usd", "four percent of the median balance when retirement begins",
            "33990.10", .usd),
        retirement(
            "income_gap.usd",
            "income gap: what four percent of the median balance leaves open of the target income",
            "26009.90", .usd),
    ]

    private static let start = balances(
        "start", "when retirement begins",
        [
            "p10": "414526.63", "p25": "580221.40", "p50": "849752.39", "p75": "1150004.70",
            "p90": "1650582.19",
        ],
        expected: "915000.12")
    private static let end = balances(
        "end", "at the end of retirement",
        ["p10": "0", "p25": "120345.60", "p50": "702200.50", "p75": "2310870.15", "p90": "5120990.85"],
        expected: "812345.67")

    private static func balances(
        _ key: String, _ when: String, _ values: [String: String], expected: String
    ) -> [Fact] {
        [
            retirement(
                "\(key).expected.usd", "balance \(when) if every year brings the mean return", expected, .usd)
        ]
            + values.sorted { $0.key < $1.key }.map { place, value in
                retirement(
                    "\(key).\(place).usd",
                    "balance \(when) that \(place.dropFirst()) percent of the paths stay below", value, .usd)
            }
    }

    private static func retirement(_ id: String, _ metric: String, _ value: String, _ unit: Fact.Unit)
        -> Fact
    {
        fact("retirement.\(id)", "retirement", metric, value, unit)
    }
}
