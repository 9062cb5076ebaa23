import DataAPIClient
import Fakes
import Testing
import Wire

/// Results of any length, page by page.
@Suite struct PageTests {
    private let tooLarge = ScriptedTransport.Answer.error(
        "BadRequestException", 400, "Database returned more than the allowed response size limit")

    @Test func `each page goes on after the key of the one before it`() async throws {
        let transport = ScriptedTransport([page([1, 2]), page([3, 4]), page([5])])
        #expect(try await read(DataAPIClient.scripted(transport), rowsPerPage: 2) == [[1, 2], [3, 4], [5]])
        #expect(try asked(transport) == [[nil, 2], [2, 2], [4, 2]])
    }

    @Test func `a full last page is followed by an empty one, which nobody gets to see`() async throws {
        let transport = ScriptedTransport([page([1, 2]), page([])])
        #expect(try await read(DataAPIClient.scripted(transport), rowsPerPage: 2) == [[1, 2]])
    }

    @Test func `a page that is too large is asked for again with fewer rows, and so are those after it`()
        async throws
    {
        let transport = ScriptedTransport([tooLarge, tooLarge, page([1, 2]), page([3])])
        #expect(try await read(DataAPIClient.scripted(transport), rowsPerPage: 9) == [[1, 2], [3]])
        #expect(try asked(transport) == [[nil, 9], [nil, 4], [nil, 2], [2, 2]])
    }

    @Test func `one row that is too large is a failure`() async throws {
        let transport = ScriptedTransport([tooLarge, tooLarge])
        await #expect(throws: DataAPIFailure.answerTooLarge) {
            try await read(DataAPIClient.scripted(transport), rowsPerPage: 2)
        }
    }

    @Test func `in a transaction, which is gone then, a page that is too large is a failure`() async throws {
        let transport = ScriptedTransport([.json(["transactionId": "t1"]), tooLarge])
        let client = DataAPIClient.scripted(transport)
        await #expect(throws: DataAPIFailure.answerTooLarge) {
            try await client.transaction { transaction in
                try await read(client, rowsPerPage: 9, in: transaction)
            }
        }
        #expect(transport.paths == ["/BeginTransaction", "/Execute"])
    }

    @Test func `a statement that pays no heed to the key does not go round for ever`() async throws {
        let transport = ScriptedTransport([page([1, 2]), page([1, 2])])
        await #expect(throws: DataAPIFailure.samePageAgain(key: "id")) {
            try await read(DataAPIClient.scripted(transport), rowsPerPage: 2)
        }
    }

    @Test func `what the reader throws ends it`() async throws {
        let transport = ScriptedTransport([page([1, 2])])
        await #expect(throws: Deliberate.self) {
            try await DataAPIClient.scripted(transport).forEachPage(
                by: "id", as: Int.self, rowsPerPage: 2, statement: statement
            ) { _ in throw Deliberate() }
        }
        #expect(transport.requests.count == 1)
    }

    private func read(
        _ client: DataAPIClient, rowsPerPage: Int, in transaction: Transaction? = nil
    ) async throws -> [[Int]] {
        var pages: [[Int]] = []
        try await client.forEachPage(
            by: "id", as: Int.self, rowsPerPage: rowsPerPage, in: transaction, statement: statement
        ) { rows in
            var page: [Int] = []
            for row in rows { page.append(try row.required("id")) }
            pages.append(page)
        }
        return pages
    }

    private func statement(_ last: Int?, _ limit: Int) -> SQLStatement {
        let after: SQLStatement = last.map { "WHERE id > \($0) " } ?? ""
        return "SELECT id FROM t \(after)ORDER BY id LIMIT \(limit)"
    }

    private func page(_ ids: [Int]) -> ScriptedTransport.Answer {
        .json([
            "records": .array(ids.map { [["longValue": .number($0)]] }),
            "columnMetadata": [["label": "id", "typeName": "int8"]],
        ])
    }

    /// Key and limit of each request.
    private func asked(_ transport: ScriptedTransport) throws -> [[Int?]] {
        try transport.bodies().map { body in
            let values = body["parameters"]?.array?.map { $0["value"]?["longValue"]?.int } ?? []
            return values.count == 1 ? [nil] + values : values
        }
    }
}
