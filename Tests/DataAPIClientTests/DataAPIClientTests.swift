import AWSClient
import DataAPIClient
import Fakes
import Quantities
import Testing
import Wire

@Suite struct DataAPIClientTests {
    @Test func `requests are the ones AWS's own SDK sends`() async throws {
        let cases = try GoldenFixture(service: "rds-data").cases
        let order = [0, 1, 2, 3, 4, 5, 3, 6]
        let transport = ScriptedTransport(try order.map { .json(try #require(cases[$0]["answer"])) })
        try await speakGolden(DataAPIClient.scripted(transport))
        for (request, index) in zip(transport.requests, order) {
            #expect(try JSONValue(reading: request.body) == cases[index]["body"])
            #expect(request.url.path == cases[index]["path"]?.string)
            #expect(request.method.rawValue == cases[index]["method"]?.string)
            #expect(request.url.authority == "rds-data.us-east-1.amazonaws.com")
        }
        #expect(transport.requests.count == order.count)
    }

    /// What golden.py lets botocore say.
    private func speakGolden(_ client: DataAPIClient) async throws {
        let id = try #require(UUID("6f1c1f9e-3d86-4a5c-9a1e-2f5f0c9b7a10"))
        let price = try #require(Decimal("1234567890.12345678"))
        let moment = try #require(Timestamp("2026-11-21T08:00:00.25Z"))
        let words: [String?] = ["VTI", "say \"hi\"", nil]
        let bytes: [UInt8] = [0, 255]
        let document: JSONValue = ["a": [1, nil]]
        let values: [SQLStatement] = [
            "\("O'Hara; DROP TABLE users")", "\(-42)", "\(2.5)", "\(true)", "\(price)", "\(moment)",
            "\(moment.date)", "\(id)", "\(json: document)", "\(bytes: bytes)", "\(array: words)",
            "\(String?.none)", "\(UUID?.none)", "\(Decimal?.none)",
        ]
        let changed = try await client.execute(
            "INSERT INTO samples VALUES (\(values.joined(separator: ", ")))")
        #expect(changed == 1)
        #expect(try await client.query("SELECT * FROM samples").count == 1)
        let prices: [(String, Decimal?)] = [("VTI", Decimal("300.25")), ("BND", nil)]
        try await client.executeBatch(prices) { symbol, price in
            "INSERT INTO prices VALUES (\(symbol), \(price))"
        }
        try await client.transaction { transaction in
            let deleted = try await client.execute("DELETE FROM samples", in: transaction)
            #expect(deleted == 3)
        }
        await #expect(throws: Deliberate.self) {
            try await client.transaction { _ in throw Deliberate() }
        }
    }

    @Test func `a batch of nothing is no call`() async throws {
        let transport = ScriptedTransport([])
        try await DataAPIClient.scripted(transport).executeBatch([Int]()) { "DELETE FROM t WHERE id = \($0)" }
        #expect(transport.requests.isEmpty)
    }

    @Test func `a batch whose statements differ is refused before the wire`() async throws {
        let transport = ScriptedTransport([])
        await #expect(throws: DataAPIFailure.differentStatements) {
            try await DataAPIClient.scripted(transport).executeBatch([1, 2]) { number -> SQLStatement in
                number == 1 ? "DELETE FROM a WHERE id = \(number)" : "DELETE FROM b WHERE id = \(number)"
            }
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `a statement without a result has no rows`() async throws {
        let transport = ScriptedTransport([.json(["numberOfRecordsUpdated": 2, "generatedFields": []])])
        #expect(try await DataAPIClient.scripted(transport).query("DELETE FROM t").isEmpty)
    }
}

struct Deliberate: Error {}

extension DataAPIClient {
    static func scripted(_ transport: ScriptedTransport, time: ManualTime = ManualTime()) -> DataAPIClient {
        DataAPIClient(
            cluster: "arn:aws:rds:us-east-1:123456789012:cluster:alex",
            secret: "arn:aws:secretsmanager:us-east-1:123456789012:secret:alex-AbCdEf", database: "alex",
            configuration: .scripted(transport, time: time))
    }
}
