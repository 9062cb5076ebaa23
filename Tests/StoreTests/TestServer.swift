import AWSClient
import DataAPIClient
import Glibc
import Transport
import Wire

/// The Data API the tests talk to, in front of a real PostgreSQL.
struct TestServer: Sendable {
    static let endpointVariable = "ALEX_TEST_DATA_API"

    private let environment: [String: String]
    private let transport = CurlTransport(certificateBundle: nil)

    private static let single = TestServer()

    static func shared() async throws -> TestServer { single }

    private init() {
        let endpoint = getenv(Self.endpointVariable).map { String(cString: $0) } ?? "http://127.0.0.1:4566"
        environment = [
            "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL": endpoint,
        ]
    }

    func client(database: String) throws -> TestDatabase {
        let transport = CountingTransport(transport)
        let client = DataAPIClient(
            cluster: "arn:aws:rds:us-east-1:123456789012:cluster:alex-aurora-cluster",
            secret: "arn:aws:secretsmanager:us-east-1:123456789012:secret:alex-aurora-credentials",
            database: database,
            configuration: try AWSConfiguration(environment: environment, transport: transport))
        return TestDatabase(client: client, transport: transport)
    }
}
