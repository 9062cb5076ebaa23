import Finance
import Quantities

/// A household for tests: an investor, what they hold, and what is known about it.
package struct Household: Sendable {
    package var investor: Investor
    package var accounts: [Account]
    package var instruments: [Instrument]

    /// Noon on 20 November 2026.
    package static let now = Timestamp(secondsSinceEpoch: 1_795_176_000)
    package static let day = CalendarDate(daysSinceEpoch: 20_777)

    package var portfolio: Portfolio {
        Portfolio(
            accounts: accounts,
            instruments: Dictionary(instruments.map { ($0.symbol, $0) }) { first, _ in first })
    }

    package init(investor: Investor, accounts: [Account], instruments: [Instrument]) {
        self.investor = investor
        self.accounts = accounts
        self.instruments = instruments
    }

    /// 20 years to go, 70/30, two accounts: holdings of 70 000 dollars, all priced and classified, and
    /// 6000 dollars of cash.
    package static func small() throws -> Household {
        try Household(
            investor: investor(),
            accounts: [
                account(
                    1, "401(k)", purpose: "Retirement", cashUSD: 5000,
                    holding: [("SPY", 100), ("BND", 200)]),
                account(2, "Roth IRA", purpose: nil, cashUSD: 1000, holding: [("AAPL", 25)]),
            ],
            instruments: [
                instrument("SPY", .etf, priceUSD: 500, in: .equity, .diversified),
                instrument("BND", .bondFund, priceUSD: 75, in: .fixedIncome, .treasury),
                instrument("AAPL", .stock, priceUSD: 200, in: .equity, .technology),
            ])
    }

    package static func empty() throws -> Household {
        Household(investor: try investor(), accounts: [], instruments: [])
    }

    package static func investor() throws -> Investor {
        Investor(
            id: "user_1", displayName: "Test Household", yearsUntilRetirement: 20,
            targetRetirementIncomeUSD: 40_000,
            assetClassTargets: try Allocation([.equity: 70, .fixedIncome: 30]),
            regionTargets: try Allocation([.northAmerica: 50, .international: 50]))
    }

    /// - Parameter number: Makes the identifiers of the account and its positions, 1...99.
    package static func account(
        _ number: Int, _ name: String, purpose: String?, cashUSD: Decimal,
        holding positions: [(symbol: String, quantity: Decimal)]
    ) throws -> Account {
        Account(
            id: try id(number), name: name, purpose: purpose, cashUSD: cashUSD,
            cashInterestFraction: Decimal(coefficient: 2, scale: 2),
            positions: try positions.enumerated().map { index, position in
                Position(
                    id: try id(number * 100 + index), symbol: try symbol(position.symbol),
                    quantity: position.quantity, asOf: day)
            })
    }

    package static func instrument(
        _ name: String, called title: String? = nil, _ type: InstrumentType, priceUSD: Decimal?,
        in assetClass: AssetClass, _ sector: Sector
    ) throws -> Instrument {
        Instrument(
            symbol: try symbol(name), name: title ?? "\(name) instrument", type: type,
            price: priceUSD.flatMap {
                Price(usd: $0, asOf: now - .seconds(86_400), source: .polygon)
            },
            classification: Classification(
                assetClasses: .entirely(assetClass), regions: .entirely(.northAmerica),
                sectors: .entirely(sector)))
    }

    /// Known by its symbol and name alone.
    package static func stranger(_ name: String, called title: String? = nil) throws -> Instrument {
        Instrument(
            symbol: try symbol(name), name: title ?? name, type: nil, price: nil, classification: nil)
    }

    package static func symbol(_ text: String) throws -> Symbol {
        guard let symbol = Symbol(text) else { throw HouseholdFailure.notASymbol(text) }
        return symbol
    }

    package static func id(_ number: Int) throws -> UUID {
        let digits = String(number)
        let text = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        guard let id = UUID(text) else { throw HouseholdFailure.notAnID(number) }
        return id
    }
}

package enum HouseholdFailure: Error {
    case notASymbol(String)
    case notAnID(Int)
}
