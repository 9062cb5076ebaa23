import Finance
import Quantities
import Testing

@Suite struct ValuationTests {
    @Test func `a holding without a price has no value and is named`() throws {
        let valuation = Valuation(of: try Household.mixed(), at: Household.now)
        #expect(valuation.unpricedSymbols.map(\.description) == ["NEW"])
        #expect(valuation.holdings.last?.symbol.description == "NEW")
        #expect(valuation.holdings.last?.valueUSD == nil)
        // 6000 cash + 15 x 450.25 + 3 x 48.91 + 2 x 100
        #expect(valuation.totalUSD == Decimal("13100.48"))
    }

    @Test func `the same symbol in two accounts is one holding whose value is the sum of both`() throws {
        let third = try #require(Decimal("0.333"))
        let portfolio = Household.portfolio(
            [try Household.account(1, [("SPY", third)]), try Household.account(2, [("SPY", third)])],
            [try Household.instrument("SPY", price: Decimal("10.01"))])
        let valuation = Valuation(of: portfolio, at: Household.now)
        // 3.33333 rounds to 3.33 in each account; the sum of both quantities would round to 6.67.
        #expect(valuation.holdings.map(\.valueUSD) == [Decimal("6.66")])
        #expect(valuation.holdings.map(\.quantity) == [Decimal("0.666")])
        #expect(valuation.totalUSD == valuation.accounts.reduce(Decimal.zero) { $0 + $1.totalUSD })
    }

    @Test func `an empty household is worth nothing and divides into nothing`() throws {
        let valuation = Valuation(of: Household.portfolio([]), at: Household.now)
        #expect(valuation.totalUSD == 0)
        #expect(valuation.percent(of: 1) == nil)
        #expect(valuation.assetClasses.percent(.equity) == nil)
        #expect(valuation.assetClasses.parts.isEmpty)
        #expect(valuation.oldestPrice == nil)
    }

    @Test func `breakdowns sum to the total and keep what is not classified apart`() throws {
        let valuation = Valuation(of: try Household.mixed(), at: Household.now)
        #expect(valuation.assetClasses.totalUSD == valuation.totalUSD)
        #expect(valuation.regions.totalUSD == valuation.totalUSD)
        #expect(valuation.sectors.totalUSD == valuation.investedUSD)
        #expect(valuation.assetClasses.unclassifiedUSD == 200)
        #expect(valuation.assetClasses.usdByCategory[.cash] == 6000)
        #expect(valuation.unclassifiedSymbols.map(\.description) == ["MYST", "NEW"])
    }

    @Test func `the oldest price counts`() throws {
        let valuation = Valuation(of: try Household.mixed(), at: Household.now)
        #expect(valuation.oldestPrice?.asOf == Household.now - .seconds(9 * 86_400))
    }

    @Test func `a price is above zero`() {
        #expect(Price(usd: 0, asOf: Household.now, source: .polygon) == nil)
        #expect(Price(usd: -1, asOf: Household.now, source: .polygon) == nil)
    }

    @Test func `the largest quantity and price the database can hold are valued`() throws {
        let portfolio = Household.portfolio(
            [try Household.account(1, [("BIG", try #require(Decimal("999999999999.99999999")))])],
            [
                try Household.instrument(
                    "BIG", price: Decimal("99999999.9999"), assetClasses: [.equity: 33.3, .cash: 66.7])
            ])
        let valuation = Valuation(of: portfolio, at: Household.now)
        #expect(valuation.totalUSD == Decimal("99999999999899999999"))
        #expect(valuation.assetClasses.totalUSD == valuation.totalUSD)
    }
}

@Suite struct DivisionTests {
    @Test func `a dollar in three parts gives the odd cent to the first`() throws {
        #expect(
            Decimal(1).divided(inProportionTo: [1, 1, 1]) == [
                Decimal("0.34"), Decimal("0.33"), Decimal("0.33"),
            ])
    }

    @Test func `the odd cents go to the parts that lost most`() throws {
        let parts = try #require(Decimal("0.05")).divided(inProportionTo: [50, 30, 20])
        // Exactly 2.5, 1.5 and 1 cents.
        #expect(parts == [Decimal("0.03"), Decimal("0.01"), Decimal("0.01")])
    }

    @Test func `a part without weight gets nothing`() {
        #expect(Decimal(10).divided(inProportionTo: [0, 5, 0]) == [0, 10, 0])
    }

    @Test func `parts always sum to the amount and miss their share by less than a cent`() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<2000 {
            let digits = Int.random(in: 1...20, using: &random)
            let cents = Int128.random(
                in: 0..<(0..<digits).reduce(1) { power, _ in power * 10 }, using: &random)
            let amount = Decimal(coefficient: cents, scale: 2)
            var weights = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                Bool.random(using: &random) ? Double.random(in: 0...100, using: &random) : 0
            }
            weights[0] += 0.001
            let parts = amount.divided(inProportionTo: weights)
            try #require(parts.reduce(0, +) == amount)
            try #require(parts.allSatisfy { !$0.isNegative && $0.scale <= 2 })
            guard digits <= 10 else { continue }
            let sum = weights.reduce(0, +)
            for (part, weight) in zip(parts, weights) {
                try #require(abs(part.approximate - amount.approximate * weight / sum) < 0.0101)
            }
        }
    }
}
