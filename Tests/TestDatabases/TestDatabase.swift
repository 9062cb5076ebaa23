import AWSClient
import DataAPIClient
import Finance
import Quantities
import SigV4
import Store
import Synchronization
import Transport
import Wire

/// A database of its own for one test, reached as a function reaches it: our client, libcurl, HTTP.
package struct TestDatabase: Sendable {
    package let name: String
    package let client: DataAPIClient
    /// Counts what goes over the wire.
    package let transport: CountingTransport

    package var users: UserStore { UserStore(database: client) }
    package var portfolios: PortfolioStore { PortfolioStore(database: client) }
    package var instruments: InstrumentStore { InstrumentStore(database: client) }
    package var jobs: JobStore { JobStore(database: client) }

    /// With the schema and the seeds.
    package static func seeded() async throws -> TestDatabase {
        let database = try await migrated()
        try await Seeder(database: database.client).instruments()
        return database
    }

    /// With the schema and nothing in it.
    package static func migrated() async throws -> TestDatabase {
        try await copy(of: try await TestServer.template())
    }

    /// As PostgreSQL makes it.
    package static func empty() async throws -> TestDatabase {
        try await copy(of: "template1")
    }

    private static func copy(of template: String) async throws -> TestDatabase {
        var random = SystemRandomNumberGenerator()
        let name = "store_" + UUID(using: &random).description.filter { $0 != "-" }
        // Both names are ours: letters and hexadecimal digits.
        try await TestServer.database("postgres").client.execute(
            SQLStatement(script: "CREATE DATABASE \(name) TEMPLATE \(template)"))
        return try await TestServer.database(name)
    }

    /// An investor with the schema's defaults.
    package func investor(_ id: Investor.ID = "user_a") async throws -> Investor.ID {
        _ = try await users.ensure(id, displayName: "Ada")
        return id
    }

    /// A job of an investor with the demo household.
    package func demoJob() async throws -> AnalysisJob.ID {
        let owner = try await investor()
        try await portfolios.populateDemo(of: owner)
        return try await jobs.create(for: owner, request: ["analysis_type": "portfolio"])
    }

    /// The largest household: as many accounts and positions as there can be, each position of another
    /// instrument, with names as long as they can be.
    package func fill(_ owner: Investor.ID) async throws {
        let accounts = PortfolioStore.accountLimit
        let positions = PortfolioStore.positionLimit
        try await client.execute(
            """
            INSERT INTO instruments (symbol, name, current_price, price_as_of, price_source)
            SELECT 'INSTRUMENT' || n, repeat('ä', 251) || n, n, '2026-11-19T21:00:00Z', 'household'
            FROM generate_series(1, \(positions)) AS n
            """)
        try await client.execute(
            """
            WITH account AS (
                INSERT INTO accounts (clerk_user_id, account_name, cash_balance)
                SELECT \(owner), n || repeat('ä', 250), n FROM generate_series(1, \(accounts)) AS n
                RETURNING id, cash_balance::int AS number)
            INSERT INTO positions (account_id, symbol, quantity)
            SELECT id, 'INSTRUMENT' || n, n FROM generate_series(1, \(positions)) AS n
                JOIN account ON number = 1 + n % \(accounts)
            """)
    }

    /// Lets every lease run out, without waiting for it.
    package func endLeases() async throws {
        try await client.execute(
            "UPDATE jobs SET lease_until = now() - interval '1 second' WHERE lease_until > now()")
        try await client.execute(
            "UPDATE job_sections SET lease_until = now() - interval '1 second' WHERE lease_until > now()")
    }

    package func count(_ statement: SQLStatement) async throws -> Int {
        try await client.query(statement).first?.required("count") ?? 0
    }
}

/// Passes requests on and counts them.
package final class CountingTransport: HTTPTransport {
    private let next: any HTTPTransport
    private let counter = Mutex(0)

    package init(_ next: any HTTPTransport) { self.next = next }

    package var count: Int { counter.withLock { $0 } }

    package func send(_ request: HTTPRequest, timeout: Duration) async throws(TransportFailure)
        -> HTTPResponse
    {
        counter.withLock { $0 += 1 }
        return try await next.send(request, timeout: timeout)
    }
}

extension Sequence where Element: Sendable {
    /// All at once.
    package func concurrently<Success: Sendable>(
        _ body: @escaping @Sendable (Element) async throws -> Success
    )
        async throws
        -> [Success]
    {
        try await withThrowingTaskGroup(of: Success.self) { group in
            for element in self { group.addTask { try await body(element) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
