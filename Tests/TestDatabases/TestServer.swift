import AWSClient
import DataAPIClient
import LocalCloud
import Quantities
import SigV4
import Store
import Transport
import Wire

/// The local Data API, in front of a PostgreSQL that all tests of the process share.
actor TestServer {
    private static let single = TestServer()

    private var starting: Task<HTTPServer, any Error>?
    private var migrating: Task<String, any Error>?
    private let transport = CurlTransport(certificateBundle: nil)

    /// A client for one database of the server, which is started when it does not run yet.
    static func database(_ name: String) async throws -> TestDatabase {
        try await single.database(name)
    }

    /// The name of a database with the schema and nothing in it, made once, to be copied.
    static func template() async throws -> String { try await single.template() }

    private func template() async throws -> String {
        let migrating = migrating ?? Task { try await Self.migrate() }
        self.migrating = migrating
        return try await migrating.value
    }

    private static func migrate() async throws -> String {
        let database = try await TestDatabase.empty()
        _ = try await Migrator(database: database.client).migrate()
        // PostgreSQL copies no database to which somebody is connected.
        _ = try await Self.database("postgres").client.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = \(database.name)")
        return database.name
    }

    private func database(_ name: String) async throws -> TestDatabase {
        let starting = starting ?? Task { try await Self.start() }
        self.starting = starting
        let port = try await starting.value.port
        let transport = CountingTransport(transport)
        let configuration = try AWSConfiguration(
            environment: [
                "AWS_REGION": LocalAccount.region, "AWS_ACCESS_KEY_ID": LocalAccount.credentials.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": LocalAccount.credentials.secretAccessKey,
                "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)",
            ], transport: transport)
        let client = DataAPIClient(
            cluster: LocalAccount.clusterARN, secret: LocalAccount.databaseSecretARN, database: name,
            configuration: configuration)
        return TestDatabase(name: name, client: client, transport: transport)
    }

    private static func start() async throws -> HTTPServer {
        let now: @Sendable () -> Timestamp = { .now }
        let endpoint = DataAPIEndpoint(state: DataAPIState(try await TemporaryDatabase.address, now: now))
        return try await AWSFrontDoor(endpoints: [endpoint], now: now).start(port: 0)
    }
}
