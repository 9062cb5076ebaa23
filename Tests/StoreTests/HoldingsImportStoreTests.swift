import DataAPIClient
import Finance
import Quantities
import Store
import TestDatabases
import Testing
import Wire

@Suite struct HoldingsImportStoreTests {
    typealias Row = [HoldingsRow.Column: String]

    private let now = Timestamp(secondsSinceEpoch: 1_800_000_000)

    private let file: [Row] = [
        [.account: "Roth", .cash: "100.50", .purpose: "Later"],
        [.account: "Roth", .symbol: "SPY", .quantity: "10"],
        [.account: "Roth", .symbol: "OWN", .quantity: "0.00000001", .price: "7.25"],
        [.account: "401k", .symbol: "SPY", .quantity: "3", .price: "0.01"],
    ]

    private func take(
        _ rows: [Row], _ database: TestDatabase, home: Account.ID? = nil, isDryRun: Bool = false,
        of owner: Investor.ID = "user_a"
    ) async throws -> HoldingsImport {
        try await database.portfolios.importHoldings(
            rows, home: home, isDryRun: isDryRun, at: now, of: owner)
    }

    /// Every row of the household's tables, with its times.
    private func everything(_ database: TestDatabase) async throws -> [String] {
        let rows = try await database.client.query(
            """
            SELECT to_jsonb(users)::text AS line FROM users UNION ALL
            SELECT to_jsonb(accounts)::text FROM accounts UNION ALL
            SELECT to_jsonb(positions)::text FROM positions UNION ALL
            SELECT to_jsonb(instruments)::text FROM instruments ORDER BY line
            """)
        return try rows.map { try $0.required("line") }
    }

    @Test func `a file opens accounts, adds positions and brings prices that nobody has`() async throws {
        let database = try await TestDatabase.seeded()
        let owner = try await database.investor()
        let done = try await take(file, database)
        #expect(done.count(.added) == 4)
        let portfolio = try await database.portfolios.portfolio(of: owner)
        #expect(Set(portfolio.accounts.map(\.name)) == ["Roth", "401k"])
        let roth = try #require(portfolio.accounts.first { $0.name == "Roth" })
        #expect(roth.cashUSD == Decimal("100.5"))
        #expect(roth.purpose == "Later")
        #expect(roth.positions.map(\.symbol.description) == ["OWN", "SPY"])
        #expect(roth.positions.map(\.quantity) == [Decimal("0.00000001"), 10])
        let own = try #require(portfolio.instruments[roth.positions[0].symbol])
        #expect(own.price == Price(usd: try #require(Decimal("7.25")), asOf: now, source: .household))
        #expect(own.classification == nil)
        #expect(portfolio.instruments[roth.positions[1].symbol]?.price?.source == .seed)
    }

    @Test func `a dry run says what the real one does, and does nothing`() async throws {
        let database = try await TestDatabase.seeded()
        _ = try await database.investor()
        let before = try await everything(database)
        let rows = file + [[.account: "Roth", .symbol: "SPY", .quantity: "9"]]
        let dry = try await take(rows, database, isDryRun: true)
        #expect(try await everything(database) == before)
        let real = try await take(rows, database)
        #expect(dry.lines == real.lines)
        #expect(real.count(.refused) == 1)
    }

    @Test func `the same file again finds everything there, and touches nothing`() async throws {
        let database = try await TestDatabase.seeded()
        _ = try await database.investor()
        _ = try await take(file, database)
        let before = try await everything(database)
        let calls = database.transport.count
        let again = try await take(file, database)
        #expect(again.count(.alreadyThere) == file.count)
        #expect(database.transport.count == calls + 1)
        #expect(try await everything(database) == before)
    }

    @Test func `what has changed is updated, and nothing else`() async throws {
        let database = try await TestDatabase.seeded()
        let owner = try await database.investor()
        _ = try await take(file, database)
        let before = try await database.portfolios.accounts(of: owner)
        let calls = database.transport.count
        let done = try await take(
            [
                [.account: "Roth", .cash: "0", .purpose: "Now"],
                [.account: "401k", .symbol: "SPY", .quantity: "4"],
            ], database)
        #expect(database.transport.count == calls + 2)
        #expect(done.lines.map(\.outcome) == [.updated, .updated])
        let after = try await database.portfolios.accounts(of: owner)
        let roth = try #require(after.first { $0.name == "Roth" })
        #expect(roth.cashUSD == 0 && roth.purpose == "Now" && roth.positions.count == 2)
        #expect(after.first { $0.name == "401k" }?.positions.map(\.quantity) == [4])
        let untouched = before.first { $0.name == "401k" }?.updatedAt
        #expect(after.first { $0.name == "401k" }?.updatedAt == untouched)
    }

    @Test func `many imports at once leave one household, and each row is added once`() async throws {
        let database = try await TestDatabase.seeded()
        let owner = try await database.investor()
        let imports = try await (1...6).concurrently { _ in try await take(file, database) }
        #expect(imports.map { $0.count(.added) }.sorted() == [0, 0, 0, 0, 0, 4])
        let accounts = try await database.portfolios.accounts(of: owner)
        #expect(accounts.count == 2)
        #expect(accounts.flatMap(\.positions).count == 3)
    }

    @Test func `different files at once are both taken over`() async throws {
        let database = try await TestDatabase.seeded()
        let owner = try await database.investor()
        let done = try await (1...4).concurrently { number in
            try await take([[.account: "Shared", .symbol: "S\(number)", .quantity: "1"]], database)
        }
        #expect(done.map(\.opened.count).reduce(0, +) == 1)
        let accounts = try await database.portfolios.accounts(of: owner)
        #expect(accounts.map(\.positions.count) == [4])
    }

    @Test func `the limits of a household hold, and nothing is written beyond them`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let accounts: [Row] = (0...PortfolioStore.accountLimit).map { [.account: "A\($0)", .cash: "1"] }
        await #expect(throws: StoreFailure.conflict("a household has at most 50 accounts")) {
            try await take(accounts, database)
        }
        let positions: [Row] = (0...PortfolioStore.positionLimit).map { number in
            [.account: "A", .symbol: "S\(number)", .quantity: "1"]
        }
        await #expect(throws: StoreFailure.conflict("a household has at most 500 positions")) {
            try await take(positions, database, isDryRun: true)
        }
        #expect(try await database.portfolios.portfolio(of: owner).isEmpty)
        #expect(try await take(Array(positions.dropLast()), database).count(.added) == 500)
        #expect(try await take(positions.dropLast() + accounts.prefix(49), database).count(.added) == 49)
    }

    @Test func `the home of rows is one's own or there is none`() async throws {
        let database = try await TestDatabase.migrated()
        let owner = try await database.investor()
        let other = try await database.investor("user_b")
        let account = try await database.portfolios.createAccount(NewAccount(name: "Mine"), for: owner)
        let rows: [Row] = [[.symbol: "SPY", .quantity: "1"]]
        await #expect(throws: StoreFailure.notYours(.account)) {
            try await take(rows, database, home: account.id, of: other)
        }
        var random = SystemRandomNumberGenerator()
        let nowhere = UUID(using: &random)
        await #expect(throws: StoreFailure.notFound(.account)) {
            try await take(rows, database, home: nowhere)
        }
        await #expect(throws: StoreFailure.notFound(.investor)) {
            try await take(rows, database, of: "nobody")
        }
        #expect(try await database.count("SELECT count(*) FROM positions") == 0)
        #expect(try await take(rows, database, home: account.id).lines[0].account == "Mine")
        #expect(try await database.portfolios.accounts(of: owner)[0].positions.count == 1)
    }

    @Test func `names of others are new here`() async throws {
        let database = try await TestDatabase.seeded()
        _ = try await database.investor("user_a")
        let other = try await database.investor("user_b")
        _ = try await take(file, database)
        #expect(try await take(file, database, of: other).opened.count == 2)
        #expect(try await database.portfolios.accounts(of: other).count == 2)
        #expect(try await database.portfolios.accounts(of: "user_a").count == 2)
    }
}
