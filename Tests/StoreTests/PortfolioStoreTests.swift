import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing

@Suite struct PortfolioStoreTests {
    @Test func `an account without positions, and positions about whose instrument nothing is known`()
        async throws
    {
        let database = try await TestDatabase.seeded()
        let owner = try await database.investor()
        #expect(try await database.portfolios.portfolio(of: owner).isEmpty)
        let first = try await database.portfolios.createAccount(
            NewAccount(
                name: "First", purpose: "Rainy days", cashUSD: Decimal("12.34") ?? 0,
                cashInterestFraction: Decimal("0.0425") ?? 0), for: owner)
        let second = try await database.portfolios.createAccount(NewAccount(name: "Second"), for: owner)
        let unknown = try #require(Symbol("BRK.B"))
        let known = try #require(Symbol("SPY"))
        let quantity = try #require(Decimal("123456789012.12345678"))
        _ = try await database.portfolios.setPosition(unknown, quantity: quantity, in: second.id, of: owner)
        _ = try await database.portfolios.setPosition(known, quantity: 1, in: second.id, of: owner)
        let portfolio = try await database.portfolios.portfolio(of: owner)
        #expect(portfolio.accounts.map(\.name) == ["First", "Second"])
        #expect(portfolio.accounts[0] == first.value)
        #expect(portfolio.accounts[0].cashInterestFraction == Decimal("0.0425"))
        #expect(portfolio.accounts[1].positions.map(\.symbol) == [unknown, known])
        #expect(portfolio.accounts[1].positions[0].quantity == quantity)
        #expect(
            portfolio.instruments[unknown]
                == Instrument(symbol: unknown, name: "BRK.B", type: nil, price: nil, classification: nil))
        #expect(portfolio.unclassifiedSymbols == [unknown])
        #expect(portfolio.instruments.count == 2)
    }

    @Test func `a portfolio comes in one call`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        try await database.portfolios.populateDemo(of: owner)
        let before = database.transport.count
        _ = try await database.portfolios.portfolio(of: owner)
        #expect(database.transport.count == before + 1)
    }

    @Test func `a household has a limit of accounts`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        try await database.client.execute(
            """
            INSERT INTO accounts (clerk_user_id, account_name)
            SELECT \(owner), 'Account ' || n FROM generate_series(2, \(PortfolioStore.accountLimit)) AS n
            """)
        _ = try await database.portfolios.createAccount(NewAccount(name: "Last"), for: owner)
        await #expect(throws: StoreFailure.conflict("a household has at most 50 accounts")) {
            try await database.portfolios.createAccount(NewAccount(name: "One more"), for: owner)
        }
        await #expect(throws: StoreFailure.notFound(.investor)) {
            try await database.portfolios.createAccount(NewAccount(name: "Nobody's"), for: "nobody")
        }
    }

    @Test func `a household has a limit of positions, and those it has can still be changed`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let account = try await database.portfolios.createAccount(NewAccount(name: "Broad"), for: owner)
        try await database.client.execute(
            """
            INSERT INTO instruments (symbol, name)
            SELECT 'S' || n, 'S' || n FROM generate_series(2, \(PortfolioStore.positionLimit)) AS n
            """)
        try await database.client.execute(
            """
            INSERT INTO positions (account_id, symbol, quantity)
            SELECT \(account.id), symbol, 1 FROM instruments
            """)
        let last = try #require(Symbol("LAST"))
        _ = try await database.portfolios.setPosition(last, quantity: 1, in: account.id, of: owner)
        let stranger = try #require(Symbol("MORE"))
        await #expect(throws: StoreFailure.conflict("a household has at most 500 positions")) {
            try await database.portfolios.setPosition(stranger, quantity: 1, in: account.id, of: owner)
        }
        #expect(try await database.instruments.instrument(stranger) == nil)
        let changed = try await database.portfolios.setPosition(
            last, quantity: 2, in: account.id, of: owner)
        #expect(changed.quantity == 2)
    }

    @Test func `a household of 1 000 positions still fits into one answer`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let account = try await database.portfolios.createAccount(NewAccount(name: "Broad"), for: owner)
        try await database.client.execute(
            """
            INSERT INTO instruments (symbol, name, instrument_type, current_price, price_as_of, price_source,
                allocation_regions, allocation_sectors, allocation_asset_class, classification_source)
            SELECT 'S' || n, 'Some Company with a Name of Ordinary Length ' || n, 'stock', 100, now(),
                'polygon', '{"north_america": 60, "international": 40}', '{"technology": 100}',
                '{"equity": 100}', 'tagger'
            FROM generate_series(1, 1000) AS n
            """)
        try await database.client.execute(
            """
            INSERT INTO positions (account_id, symbol, quantity)
            SELECT \(account.id), symbol, 12.5 FROM instruments
            """)
        let portfolio = try await database.portfolios.portfolio(of: owner)
        #expect(portfolio.accounts[0].positions.count == 1000)
        #expect(portfolio.unclassifiedSymbols == [])
    }

    @Test func `setting a position again replaces its quantity`() async throws {
        let database = try await TestDatabase.seeded()
        let owner = try await database.investor()
        let account = try await database.portfolios.createAccount(NewAccount(name: "Only"), for: owner)
        let symbol = try #require(Symbol("SPY"))
        let day = CalendarDate(year: 2026, month: 1, day: 31)
        let first = try await database.portfolios.setPosition(symbol, quantity: 1, in: account.id, of: owner)
        let second = try await database.portfolios.setPosition(
            symbol, quantity: 2, asOf: day, in: account.id, of: owner)
        #expect(first.id == second.id)
        let third = try await database.portfolios.updatePosition(first.id, of: owner, quantity: Decimal(3))
        #expect(third.quantity == 3)
        #expect(third.asOf == day)
        let held = try await database.portfolios.account(account.id, for: owner)
        #expect(held.positions.map(\.position) == [third])
        #expect(held.account.positions == [third.value])
        #expect(held.positions[0].instrument.name == "SPDR S&P 500 ETF Trust")
        try await database.portfolios.deletePosition(first.id, of: owner)
        #expect(try await database.portfolios.account(account.id, for: owner).account == account)
    }

    @Test func `changing an account keeps what is not named, deleting it takes its positions along`()
        async throws
    {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        try await database.portfolios.populateDemo(of: owner)
        let account = try await database.portfolios.accounts(of: owner)[0]
        var change = AccountChange()
        change.purpose = .set(nil)
        change.cashUSD = Decimal("0.01")
        let changed = try await database.portfolios.updateAccount(account.id, of: owner, change)
        #expect(changed.name == account.name)
        #expect(changed.purpose == nil)
        #expect(changed.cashUSD == Decimal("0.01"))
        try await database.portfolios.deleteAccount(account.id, of: owner)
        #expect(try await database.portfolios.accounts(of: owner).count == 2)
        #expect(try await database.portfolios.deleteAll(of: owner) == 2)
        #expect(try await database.count("SELECT count(*) FROM positions") == 0)
        #expect(try await database.portfolios.deleteAll(of: owner) == 0)
    }

    @Test func `what belongs to others is theirs, and what nobody has is nowhere`() async throws {
        let database = try await TestDatabase.migrated()
        let portfolios = database.portfolios
        let owner = try await database.investor("user_a")
        let other = try await database.investor("user_b")
        try await portfolios.populateDemo(of: owner)
        let account = try await portfolios.accounts(of: owner)[0]
        var random = SystemRandomNumberGenerator()
        let nowhere = UUID(using: &random)
        try await expectRefusals(
            portfolios, account: account.id, position: account.positions[0].id, of: other,
            failures: [.notYours(.account), .notYours(.position)])
        try await expectRefusals(
            portfolios, account: nowhere, position: nowhere, of: owner,
            failures: [.notFound(.account), .notFound(.position)])
        #expect(try await portfolios.accounts(of: owner).flatMap(\.positions).count == 17)
        #expect(try await portfolios.accounts(of: other).isEmpty)
        await #expect(throws: StoreFailure.notFound(.investor)) {
            try await portfolios.portfolio(of: "nobody")
        }
    }

    private func expectRefusals(
        _ portfolios: PortfolioStore, account: Account.ID, position: Position.ID, of reader: Investor.ID,
        failures: [StoreFailure]
    ) async throws {
        let symbol = try #require(Symbol("SPY"))
        await #expect(throws: failures[0]) { try await portfolios.account(account, for: reader) }
        await #expect(throws: failures[0]) {
            try await portfolios.updateAccount(account, of: reader, AccountChange())
        }
        await #expect(throws: failures[0]) { try await portfolios.deleteAccount(account, of: reader) }
        await #expect(throws: failures[0]) {
            try await portfolios.setPosition(symbol, quantity: 1, in: account, of: reader)
        }
        await #expect(throws: failures[1]) {
            try await portfolios.updatePosition(position, of: reader, quantity: Decimal(1))
        }
        await #expect(throws: failures[1]) { try await portfolios.deletePosition(position, of: reader) }
    }

    @Test func `values out of bounds are refused`() async throws {
        let database = try await TestDatabase.seeded()
        let owner = try await database.investor()
        let long = String(repeating: "a", count: 10_000)
        let accounts = [
            NewAccount(name: long), NewAccount(name: ""), NewAccount(name: "A", purpose: long),
            NewAccount(name: "A", cashUSD: -1), NewAccount(name: "A", cashUSD: 10_000_000_000),
            NewAccount(name: "A", cashInterestFraction: 2),
        ]
        for account in accounts {
            try await expectInvalid { _ = try await database.portfolios.createAccount(account, for: owner) }
        }
        let account = try await database.portfolios.createAccount(NewAccount(name: "A"), for: owner)
        let symbol = try #require(Symbol("SPY"))
        for quantity in [Decimal(0), -1, 1_000_000_000_000] {
            try await expectInvalid {
                _ = try await database.portfolios.setPosition(
                    symbol, quantity: quantity, in: account.id, of: owner)
            }
        }
        #expect(try await database.portfolios.accounts(of: owner).count == 1)
    }

    private func expectInvalid(_ body: @Sendable () async throws -> Void) async throws {
        let failure = try await #require(throws: StoreFailure.self) { try await body() }
        guard case .invalid = failure else {
            Issue.record("\(failure.debugDescription)")
            return
        }
    }
}
