import Finance
import Quantities
import Testing

import enum Fakes.FactFormula

/// Each family of facts, with values worked out by hand.
@Suite struct FactFamilyTests {
    private static func table(_ portfolio: Portfolio) throws -> FactTable {
        FactTable(of: Valuation(of: portfolio, at: Household.now), investor: try Household.investor())
    }

    private func expect(_ table: FactTable, _ id: Fact.ID, _ value: String) {
        #expect(table[id]?.value == Decimal(value), "\(id) is \(table[id].map { "\($0.value)" } ?? "absent")")
    }

    @Test func `the portfolio in its parts`() throws {
        let table = try Self.table(try Household.mixed())
        expect(table, "portfolio.total.percent", "100")
        expect(table, "portfolio.invested.percent", "54.200151")
        expect(table, "portfolio.cash_interest.usd", "235")
        expect(table, "portfolio.accounts.count", "2")
        #expect(table["portfolio.as_of.date"]?.text == "2026-11-21")
    }

    @Test func `an account has its value, its cash and its interest`() throws {
        let table = try Self.table(try Household.mixed())
        let prefix = "account.\(try Household.id(1))"
        expect(table, "\(prefix).total.usd", "9649.23")
        expect(table, "\(prefix).invested.usd", "4649.23")
        expect(table, "\(prefix).cash.percent", "51.817606")
        expect(table, "\(prefix).cash_interest.percent", "4.5")
        expect(table, "\(prefix).cash_interest.usd", "225")
        expect(table, "\(prefix).holdings.count", "3")
        #expect(table["\(prefix).total.usd"]?.inputs == ["\(prefix).cash.usd", "\(prefix).invested.usd"])
    }

    @Test func `two accounts of one name and a symbol in both stay apart`() throws {
        let table = try Self.table(try Household.mixed())
        let (first, second) = ("account.\(try Household.id(1))", "account.\(try Household.id(2))")
        #expect(table["\(first).cash.usd"]?.subject == table["\(second).cash.usd"]?.subject)
        expect(table, "\(first).holding.SPY.value.usd", "4502.5")
        expect(table, "\(second).holding.SPY.value.usd", "2251.25")
        expect(table, "\(second).holding.SPY.quantity", "5")
        #expect(
            table["holding.SPY.value.usd"]?.inputs == [
                "\(first).holding.SPY.value.usd", "\(second).holding.SPY.value.usd",
            ])
        #expect(table["\(first).holding.AOR.value.usd"] == nil, "what lies in one account is said once")
    }

    @Test func `an account divides as the household does`() throws {
        let table = try Self.table(try Household.mixed())
        let (first, second) = ("account.\(try Household.id(1))", "account.\(try Household.id(2))")
        expect(table, "\(first).allocation.equity.usd", "4590.54")
        expect(table, "\(first).allocation.equity.percent", "47.574159")
        expect(table, "\(second).allocation.unclassified.percent", "5.795002")
        expect(table, "\(second).sector.technology.percent", "91.840898")
        expect(table, "\(second).region.north_america.usd", "3251.25")
        #expect(table["\(first).allocation.unclassified.usd"] == nil)
    }

    @Test func `a share lies between what is classified and what might be`() throws {
        let table = try Self.table(try Household.mixed())
        expect(table, "allocation.unclassified.usd", "200")
        expect(table, "allocation.unclassified.percent", "1.526662")
        expect(table, "allocation.equity.percent", "52.225491")
        expect(table, "allocation.equity.lower.percent", "52.225491")
        expect(table, "allocation.equity.upper.percent", "53.752153")
        expect(table, "allocation.real_estate.lower.percent", "0")
        expect(table, "allocation.real_estate.upper.percent", "1.526662")
        expect(table, "allocation.total.usd", "13100.48")
        expect(table, "sector.total.usd", "7100.48")
    }

    @Test func `what is classified needs no bounds`() throws {
        let portfolio = Household.portfolio(
            [try Household.account(1, [("A", 1)])], [try Household.instrument("A", price: 60)])
        let table = try Self.table(portfolio)
        expect(table, "allocation.unclassified.percent", "0")
        #expect(table["allocation.equity.upper.percent"] == nil)
    }

    @Test func `how far prices cover the holdings and how old they are`() throws {
        let table = try Self.table(try Household.mixed())
        expect(table, "portfolio.priced.count", "3")
        expect(table, "portfolio.priced.percent", "75")
        expect(table, "portfolio.oldest_price_age.days", "9")
        // 146.73 of 7100.48 dollars at nine days.
        expect(table, "portfolio.price_age.days", "0.2")
        expect(table, "portfolio.stale.count", "1")
        expect(table, "portfolio.stale.usd", "146.73")
        expect(table, "portfolio.stale.percent", "2.06648")
        #expect(table["portfolio.newest_price.date"]?.text == "2026-11-21")
        #expect(table["holding.AOR.price.date"]?.text == "2026-11-12")
        expect(table, "fees.known.count", "0")
    }

    @Test func `what has no price leaves the total without an upper bound`() throws {
        let table = try Self.table(try Household.mixed())
        // AOR is nine days old: 146.73 / exp(2 x 0.182 x sqrt(9 / 365.25)) = 138.58.
        expect(table, "portfolio.total.lower.usd", "13092.33")
        #expect(table["portfolio.total.upper.usd"] == nil)
        #expect(table["portfolio.total.lower.usd"]?.method.contains("there is no upper bound") == true)
        expect(table, "staleness.equity.percent", "25")
        expect(table, "staleness.fixed_income.percent", "8")
        #expect(table["staleness.commodities.percent"] == nil)
    }

    @Test func `old prices bound the total by two standard deviations on both sides`() throws {
        let portfolio = Household.portfolio(
            [try Household.account(1, cash: 50, [("A", 10)])],
            [
                try Household.instrument(
                    "A", price: 100, pricedAt: Household.now - .seconds(365 * 86_400 + 21_600))
            ])
        let table = try Self.table(portfolio)
        // 365 days: exp(0.5 x sqrt(365 / 365.25)) = 1.648439.
        expect(table, "portfolio.total.usd", "1050")
        expect(table, "portfolio.total.lower.usd", "656.63")
        expect(table, "portfolio.total.upper.usd", "1698.44")
    }

    @Test func `fresh prices are taken as they are`() throws {
        let portfolio = Household.portfolio(
            [try Household.account(1, [("A", 10)])],
            [try Household.instrument("A", price: 100, pricedAt: Household.now - .seconds(5 * 86_400))])
        let table = try Self.table(portfolio)
        expect(table, "portfolio.total.lower.usd", "1000")
        expect(table, "portfolio.total.upper.usd", "1000")
        expect(table, "portfolio.stale.usd", "0")
        #expect(table["staleness.equity.percent"] == nil)
    }

    @Test func `few holdings and accounts can be most of a portfolio`() throws {
        let table = try Self.table(try Household.mixed())
        expect(table, "concentration.top_three.percent", "54.200151")
        expect(table, "concentration.largest_account.percent", "73.655545")
        let pair = Household.portfolio(
            [try Household.account(1, [("A", 1), ("B", 1)])],
            [try Household.instrument("A", price: 60), try Household.instrument("B", price: 40)])
        #expect(try Self.table(pair)["concentration.top_three.percent"] == nil)
    }

    @Test func `without anything classified the targets are there all the same`() throws {
        let table = try Self.table(Household.portfolio([]))
        expect(table, "allocation.equity.target.percent", "70")
        expect(table, "region.international.target.percent", "50")
        #expect(table["allocation.equity.gap.points"] == nil)
    }

    @Test func `rows beyond the report's tables are summed up`() throws {
        let symbols = (0..<30).map { "S\($0)" }
        let accounts = try (1...17).map { number in
            try Household.account(
                number, cash: 10, number == 1 ? symbols.map { ($0, 1) } : [])
        }
        let instruments = try symbols.enumerated().map { index, symbol in
            try Household.instrument(symbol, price: index == 0 ? nil : Decimal(index))
        }
        let table = try Self.table(Household.portfolio(accounts, instruments))
        expect(table, "holdings.rest.count", "5")
        expect(table, "holdings.rest.unpriced.count", "1")
        expect(table, "holdings.rest.usd", "10")
        expect(table, "holdings.rest.percent", "1.652893")
        expect(table, "accounts.rest.count", "2")
        expect(table, "accounts.rest.usd", "20")
        expect(table, "accounts.rest.cash.usd", "20")
        let fewer = try Self.table(Household.portfolio(Array(accounts.dropLast()), instruments))
        #expect(fewer["accounts.rest.count"] == nil, "one too many has a row of its own")
    }

    @Test func `sums, differences, products and ratios follow from their inputs`() throws {
        let table = try Self.table(try Household.mixed())
        #expect(FactFormula.complaints(about: table) == [])
        #expect(FactFormula.count(in: table) > 60)
    }

    @Test func `a fact that does not follow from its inputs is noticed`() {
        let cash = Fact(id: "a", subject: "a", metric: "a", value: 5, unit: .usd, method: "")
        func complaints(_ value: Decimal, _ inputs: [Fact.ID]) -> [String] {
            FactFormula.complaints(
                about: FactTable([
                    cash,
                    Fact(
                        id: "b", subject: "b", metric: "b", value: value, unit: .usd, method: "sum of a",
                        inputs: inputs),
                ]))
        }
        #expect(complaints(5, ["a"]) == [])
        #expect(complaints(6, ["a"]) == ["b is 6, calculated again 5"])
        #expect(complaints(5, ["c"]) == ["b cites c"])
        #expect(complaints(5, ["b"]) == ["b rests on itself"])
    }
}

/// What holds for every portfolio.
@Suite struct FactPropertyTests {
    /// Accounts, holdings, prices and classes by chance; no cash where prices are to scale everything.
    private static func portfolio(
        _ random: inout SplitMix, scale: Decimal = 1, hasCash: Bool = true
    ) throws -> Portfolio {
        let symbols = (0..<12).map { "S\($0)" }
        let instruments = try symbols.map { symbol in
            let cents = Int128.random(in: 1...5_000_000, using: &random)
            let split = Double(Int.random(in: 0...100, using: &random))
            let days = Int64.random(in: 0...900, using: &random)
            let (isPriced, isClassified) = (
                Int.random(in: 0..<8, using: &random) > 0, Int.random(in: 0..<4, using: &random) > 0
            )
            return try Household.instrument(
                symbol, price: isPriced ? Decimal(coefficient: cents, scale: 2) * scale : nil,
                pricedAt: Household.now - .seconds(days * 86_400),
                assetClasses: isClassified ? [.equity: split, .fixedIncome: 100 - split] : nil,
                region: Bool.random(using: &random) ? .global : .europe)
        }
        let accounts = try (1...3).map { number in
            let cash = Decimal(Int.random(in: 0...9999, using: &random))
            let positions = symbols.filter { _ in Bool.random(using: &random) }.map { symbol in
                (symbol, Decimal(coefficient: Int128.random(in: 1...90_000, using: &random), scale: 0))
            }
            return try Household.account(number, cash: hasCash ? cash : 0, positions)
        }
        return Household.portfolio(accounts, instruments)
    }

    private static func table(_ portfolio: Portfolio) throws -> FactTable {
        FactTable(of: Valuation(of: portfolio, at: Household.now), investor: try Household.investor())
    }

    @Test func `facts follow from their inputs, shares sum to the whole, bounds hold the total`() throws {
        var random = SplitMix(seed: 4)
        for _ in 0..<60 {
            let table = try Self.table(try Self.portfolio(&random))
            try #require(FactFormula.complaints(about: table) == [])
            let ids = AssetClass.allCases.map(\.rawValue) + ["unclassified"]
            let shares = ids.compactMap { table["allocation.\($0).percent"]?.value.approximate }
            if table["portfolio.total.usd"]?.value != 0 {
                try #require(abs(shares.reduce(0, +) - 100) < 1e-5)
            }
            let total = try #require(table["portfolio.total.usd"]?.value)
            let lower = try #require(table["portfolio.total.lower.usd"]?.value)
            try #require(lower <= total && !lower.isNegative)
            if let upper = table["portfolio.total.upper.usd"]?.value { try #require(upper >= total) }
            for assetClass in AssetClass.allCases {
                let id = "allocation.\(assetClass.rawValue)"
                guard let low = table["\(id).lower.percent"]?.value,
                    let high = table["\(id).upper.percent"]?.value
                else { continue }
                let share = table["\(id).percent"]?.value ?? 0
                try #require(low <= share && share <= high && high <= 100)
            }
        }
    }

    @Test func `when every price is three times as high, so is every amount`() throws {
        let prefixes = ["portfolio", "account", "holding", "allocation", "region", "sector"]
        for seed in 1...20 {
            var (one, other) = (SplitMix(seed: UInt64(seed)), SplitMix(seed: UInt64(seed)))
            let table = try Self.table(try Self.portfolio(&one, hasCash: false))
            let tripled = try Self.table(try Self.portfolio(&other, scale: 3, hasCash: false))
            try #require(table.facts.map(\.id) == tripled.facts.map(\.id))
            for (fact, scaled) in zip(table.facts, tripled.facts)
            where prefixes.contains(where: { fact.id.hasPrefix($0 + ".") }) {
                if fact.unit == .usd {
                    // Rounded to the cent per holding.
                    try #require(
                        (scaled.value - fact.value * 3).magnitude <= Decimal(coefficient: 50, scale: 2),
                        "\(fact.id)")
                } else if fact.unit == .percent {
                    try #require(
                        (scaled.value - fact.value).magnitude < Decimal(coefficient: 1, scale: 2),
                        "\(fact.id)")
                }
            }
        }
    }
}
