import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing

@Suite struct SeederTests {
    @Test func `22 instruments are classified, priced and marked as seeds`() async throws {
        let database = try await TestDatabase.seeded()
        let instruments = try await database.instruments.instruments()
        #expect(instruments.count == 22)
        #expect(instruments.allSatisfy { $0.classification != nil && $0.type != nil })
        #expect(instruments.allSatisfy { $0.price?.source == .seed })
        let fund = try #require(instruments.first { $0.symbol == Symbol("AOR") })
        #expect(fund.price?.usd == Decimal("48.90"))
        #expect(fund.classification?.assetClasses[.fixedIncome] == 40)
        #expect(fund.classification?.regions[.international] == 40)
        #expect(fund.price?.asOf.date == CalendarDate(year: 2023, month: 12, day: 29))
    }

    @Test func `seeding again changes nothing that came from the market`() async throws {
        let database = try await TestDatabase.seeded()
        let symbol = try #require(Symbol("SPY"))
        let price = try #require(
            Price(usd: 600, asOf: Timestamp(secondsSinceEpoch: 1_800_000_000), source: .polygon))
        #expect(try await database.instruments.save(prices: [symbol: price]) == 1)
        #expect(try await Seeder(database: database.client).instruments() == 22)
        #expect(try await database.instruments.instrument(symbol)?.price == price)
    }

    @Test func `several seeders at once seed once`() async throws {
        let database = try await TestDatabase.migrated()
        _ = try await (1...8).concurrently { _ in
            try await Seeder(database: database.client).instruments()
            try await Seeder(database: database.client).testData()
        }
        #expect(try await database.count("SELECT count(*) FROM instruments") == 22)
        #expect(try await database.count("SELECT count(*) FROM positions") == 5)
    }

    @Test func `the demo household has all of its 17 positions`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        #expect(try await database.portfolios.populateDemo(of: owner) == 3)
        let portfolio = try await database.portfolios.portfolio(of: owner)
        #expect(portfolio.accounts.map(\.positions.count).reduce(0, +) == 17)
        #expect(portfolio.accounts.map(\.cashUSD).reduce(0, +) == 17500)
        #expect(portfolio.symbols.count == 16)
        #expect(portfolio.unclassifiedSymbols == [])
        let valuation = Valuation(of: portfolio, at: Timestamp(secondsSinceEpoch: 1_800_000_000))
        #expect(valuation.unpricedSymbols == [])
        #expect(valuation.totalUSD == Decimal("248246.80"))
    }

    @Test func `populating again, or many times at once, gives one household`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let added = try await (1...10).concurrently { _ in
            try await database.portfolios.populateDemo(of: owner)
        }
        #expect(added.reduce(0, +) == 3)
        #expect(try await database.portfolios.populateDemo(of: owner) == 0)
        let accounts = try await database.portfolios.accounts(of: owner)
        #expect(accounts.count == 3)
        #expect(accounts.flatMap(\.positions).count == 17)
    }

    @Test func `populating again keeps what was edited and what was deleted`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        try await database.portfolios.populateDemo(of: owner)
        let roth = try #require(
            try await database.portfolios.accounts(of: owner).first { $0.name == "Roth IRA" })
        let symbols = roth.positions.map(\.symbol)
        _ = try await database.portfolios.setPosition(symbols[0], quantity: 7, in: roth.id, of: owner)
        try await database.portfolios.deletePosition(roth.positions[1].id, of: owner)
        #expect(try await database.portfolios.populateDemo(of: owner) == 0)
        let again = try #require(
            try await database.portfolios.accounts(of: owner).first { $0.id == roth.id })
        #expect(again.positions.map(\.symbol) == symbols.filter { $0 != symbols[1] })
        #expect(again.positions[0].quantity == 7)
        try await database.portfolios.deleteAccount(roth.id, of: owner)
        #expect(try await database.portfolios.populateDemo(of: owner) == 0)
        #expect(try await database.portfolios.accounts(of: owner).count == 2)
    }

    @Test func `a household with accounts of its own is not populated`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        _ = try await database.portfolios.createAccount(NewAccount(name: "Roth IRA"), for: owner)
        let failure = await #expect(throws: StoreFailure.self) {
            try await database.portfolios.populateDemo(of: owner)
        }
        guard case .conflict = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(try await database.portfolios.accounts(of: owner).count == 1)
        #expect(try await database.count("SELECT count(*) FROM instruments") == 0)
    }

    @Test func `nobody is no investor to populate`() async throws {
        let database = try await TestDatabase.migrated()
        await #expect(throws: StoreFailure.notFound(.investor)) {
            try await database.portfolios.populateDemo(of: "nobody")
        }
        #expect(try await database.count("SELECT count(*) FROM instruments") == 0)
    }
}
