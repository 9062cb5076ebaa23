import DataAPIClient
import Fakes
import Testing
import Wire

/// What the service would refuse is refused, or cut up, before it is sent.
@Suite struct LimitTests {
    @Test func `a request of more than 4 MiB is refused before the wire`() async {
        let transport = ScriptedTransport([])
        let text = String(repeating: "x", count: 4 << 20)
        let failure = await #expect(throws: DataAPIFailure.self) {
            try await DataAPIClient.scripted(transport).execute("INSERT INTO t VALUES (\(text))")
        }
        guard case .requestTooLarge(let byteCount) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(byteCount > text.utf8.count)
        #expect(failure?.isRetryable == false)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a statement of 65536 characters is sent, a longer one is refused`() async throws {
        let transport = ScriptedTransport([.json(["numberOfRecordsUpdated": 0])])
        let client = DataAPIClient.scripted(transport)
        let longest = String(repeating: "é", count: 65_536)
        try await client.execute(SQLStatement(script: longest))
        await #expect(throws: DataAPIFailure.statementTooLong(characterCount: 65_537)) {
            try await client.execute(SQLStatement(script: longest + " "))
        }
        #expect(transport.requests.count == 1)
    }

    @Test func `a batch that is too large for one request is sent in several, each element once`()
        async throws
    {
        let transport = ScriptedTransport(Array(repeating: .json(["updateResults": []]), count: 3))
        let filling = String(repeating: "x", count: 1_000_000)
        try await DataAPIClient.scripted(transport).executeBatch(0..<8) { number in
            "INSERT INTO t VALUES (\(number), \(filling))"
        }
        let numbers = try transport.bodies().map { body in
            body["parameterSets"]?.array?.compactMap { $0.array?.first?["value"]?["longValue"]?.int }
        }
        #expect(numbers == [[0, 1, 2, 3], [4, 5, 6, 7]] || numbers == [[0, 1, 2], [3, 4, 5], [6, 7]])
        #expect(transport.requests.allSatisfy { $0.body.count < 4 << 20 })
    }

    @Test func `an element that is too large on its own is refused, what came before it is sent`() async {
        let transport = ScriptedTransport([.json(["updateResults": []])])
        let failure = await #expect(throws: DataAPIFailure.self) {
            try await DataAPIClient.scripted(transport).executeBatch([1, 5_000_000]) { count in
                "INSERT INTO t VALUES (\(String(repeating: "x", count: count)))"
            }
        }
        guard case .requestTooLarge = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(transport.requests.count == 1)
    }

    @Test func `a statement may outlive its timeout, but only when it is told to`() async throws {
        let changed = ScriptedTransport.Answer.json(["numberOfRecordsUpdated": 0])
        let transport = ScriptedTransport([changed, changed])
        let client = DataAPIClient.scripted(transport)
        try await client.execute("CREATE INDEX i ON t (a)", outlivesTimeout: true)
        try await client.execute("UPDATE t SET a = 1")
        #expect(try transport.bodies().map { $0["continueAfterTimeout"] } == [true, nil])
    }

    @Test func `up to 10 MB come as documents`() async throws {
        let formatted: JSONValue = [["id": 1, "name": "VTI"], ["id": 2, "name": nil]]
        let transport = ScriptedTransport([
            .json(["formattedRecords": .string(formatted.text), "numberOfRecordsUpdated": 0]),
            .json(["numberOfRecordsUpdated": 0, "generatedFields": []]),
            .json(["formattedRecords": "{}"]), .json(["formattedRecords": "[1"]),
        ])
        let client = DataAPIClient.scripted(transport)
        #expect(try await client.documents("SELECT id, name FROM t") == formatted.array)
        #expect(try await client.documents("DELETE FROM t").isEmpty)
        for _ in 0..<2 {
            await #expect(throws: DataAPIFailure.self) { try await client.documents("SELECT") }
        }
        #expect(try transport.bodies().allSatisfy { $0["formatRecordsAs"] == "JSON" })
    }
}
