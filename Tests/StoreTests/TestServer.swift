import AWSClient
import DataAPIClient
import Quantities
import SigV4
import Transport
import Wire

struct TestServer: Sendable {
    let endpoint: String
    static func shared() async throws -> TestServer { TestServer(endpoint: "http://127.0.0.1:21510") }
    private static let transport = CurlTransport(certificateBundle: nil)
    func client(database: String) -> TestDatabase {
        let transport = CountingTransport(Self.transport)
        let configuration = try! AWSConfiguration(
            environment: [
                "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_ENDPOINT_URL": endpoint,
            ], transport: transport)
        return TestDatabase(
            client: DataAPIClient(
                cluster: "arn:aws:rds:us-east-1:123456789012:cluster:alex",
                secret: "arn:aws:secretsmanager:us-east-1:123456789012:secret:alex", database: database,
                configuration: configuration), transport: transport)
    }
}
