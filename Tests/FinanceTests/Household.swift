import Finance
import Quantities
import Testing

/// The pieces that tests build households from.
enum Household {
    static let now = Timestamp("2026-11-21T08:00:00Z") ?? Timestamp(secondsSinceEpoch: 0)

    static func symbol(_ text: String) throws -> Symbol { try #require(Symbol(text)) }

    static func id(_ number: Int) throws -> UUID {
        let digits = String(number)
        let group = String(repeating: "0", count: 12 - digits.count) + digits
        return try #require(UUID("00000000-0000-4000-8000-\(group)"))
    }

    static func instrument(
        _ text: String, price: Decimal? = nil, pricedAt: Timestamp = now,
        assetClasses: [AssetClass: Double]? = [.equity: 100], region: Region = .northAmerica,
        sector: Sector = .technology
    ) throws -> Instrument {
        Instrument(
            symbol: try symbol(text), name: "\(text) Fund", type: .etf,
            price: price.flatMap { Price(usd: $0, asOf: pricedAt, source: .seed) },
            classification: try assetClasses.map {
                Classification(
                    assetClasses: try Allocation($0), regions: .entirely(region), sectors: .entirely(sector))
            })
    }

    static func account(
        _ number: Int, name: String = "Brokerage", cash: Decimal = 0, interest: Decimal = 0,
        _ positions: [(String, Decimal)] = []
    ) throws -> Account {
        Account(
            id: try id(number), name: name, purpose: nil, cashUSD: cash, cashInterestFraction: interest,
            positions: try positions.enumerated().map { index, position in
                Position(
                    id: try id(1000 * number + index), symbol: try symbol(position.0), quantity: position.1,
                    asOf: now.date)
            })
    }

    static func portfolio(_ accounts: [Account], _ instruments: [Instrument] = []) -> Portfolio {
        Portfolio(
            accounts: accounts,
            instruments: Dictionary(instruments.map { ($0.symbol, $0) }, uniquingKeysWith: { $1 }))
    }

    static func investor(
        years: Int = 23, income: Decimal = 60_000, birthYear: Int? = nil, contribution: Decimal? = nil,
        retired: Int? = nil
    ) throws -> Investor {
        Investor(
            id: "user_1", displayName: "Test", yearsUntilRetirement: years, targetRetirementIncomeUSD: income,
            assetClassTargets: try Allocation([.equity: 70, .fixedIncome: 30]),
            regionTargets: try Allocation([.northAmerica: 50, .international: 50]), birthYear: birthYear,
            yearlyContributionUSD: contribution, retirementYears: retired)
    }

    /// Two accounts of one name, a symbol in both, a mixed fund, one holding without a price and one nobody
    /// has classified.
    static func mixed() throws -> Portfolio {
        portfolio(
            [
                try account(
                    1, cash: 5000, interest: Decimal("0.045") ?? 0, [("SPY", 10), ("AOR", 3), ("NEW", 7)]),
                try account(2, cash: 1000, interest: Decimal("0.01") ?? 0, [("SPY", 5), ("MYST", 2)]),
            ],
            [
                try instrument("SPY", price: Decimal("450.25")),
                try instrument(
                    "AOR", price: Decimal("48.91"), pricedAt: now - .seconds(9 * 86_400),
                    assetClasses: [.equity: 60, .fixedIncome: 40], sector: .diversified),
                try instrument("MYST", price: 100, assetClasses: nil),
            ])
    }
}
