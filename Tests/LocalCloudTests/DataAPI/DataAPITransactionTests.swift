import LocalCloud
import Quantities
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct DataAPITransactionTests {
    @Test func `a transaction is seen outside when it is committed`() async throws {
        let api = try await LocalDataAPI()
        _ = try await api.execute("CREATE TABLE kept (n int)")
        let transaction = try await api.begin()
        let inserted = try await api.execute(
            "INSERT INTO kept VALUES (1), (2)", [], ["transactionId": transaction])
        #expect(inserted.body["numberOfRecordsUpdated"] == 2)
        #expect(try await api.value("SELECT count(*) FROM kept") == ["longValue": 0])
        let committed = try await api.post("/CommitTransaction", ["transactionId": transaction])
        #expect(committed.body == ["transactionStatus": "Transaction Committed"])
        #expect(try await api.value("SELECT count(*) FROM kept") == ["longValue": 2])
        let again = try await api.post("/CommitTransaction", ["transactionId": transaction])
        #expect(again.code == "TransactionNotFoundException" && again.status == 404)
    }

    @Test func `a transaction that is rolled back leaves nothing`() async throws {
        let api = try await LocalDataAPI()
        let transaction = try await api.begin()
        _ = try await api.execute("CREATE TABLE gone (n int)", [], ["transactionId": transaction])
        let answer = try await api.post("/RollbackTransaction", ["transactionId": transaction])
        #expect(answer.body == ["transactionStatus": "Rollback Complete"])
        #expect(
            try await api.execute("SELECT * FROM gone").body["message"]?.string?.contains("SQLState: 42P01")
                == true)
    }

    @Test func `a failed transaction cannot be committed`() async throws {
        let api = try await LocalDataAPI()
        let transaction = try await api.begin()
        _ = try await api.execute("SELECT 1/0", [], ["transactionId": transaction])
        let answer = try await api.post("/CommitTransaction", ["transactionId": transaction])
        #expect(answer.code == "DatabaseErrorException")
    }

    @Test func `a transaction nobody uses for three minutes is gone`() async throws {
        let api = try await LocalDataAPI()
        let transaction = try await api.begin()
        api.clock.advance(by: .seconds(179))
        #expect(try await api.value("SELECT 1", [], ["transactionId": transaction]) == ["longValue": 1])
        api.clock.advance(by: .seconds(180))
        let answer = try await api.execute("SELECT 1", [], ["transactionId": transaction])
        #expect(answer.code == "TransactionNotFoundException")
    }

    @Test func `a transaction is gone after a day however busy`() async throws {
        var limits = DataAPILimits()
        limits.transactionIdle = .seconds(48 * 60 * 60)
        let api = try await LocalDataAPI(limits: limits)
        let transaction = try await api.begin()
        api.clock.advance(by: .seconds(24 * 60 * 60))
        #expect(
            try await api.execute("SELECT 1", [], ["transactionId": transaction]).code
                == "TransactionNotFoundException")
    }

    @Test func `one transaction runs one statement at a time`() async throws {
        let api = try await LocalDataAPI()
        let transaction = try await api.begin()
        let codes = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...2 {
                group.addTask {
                    let answer = try await api.execute(
                        "SELECT pg_sleep(0.3)", [], ["transactionId": transaction])
                    return answer.body["message"]?.string ?? ""
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(codes.sorted() == ["", "Transaction is still running a query"])
    }

    @Test func `settings of one call do not reach the next`() async throws {
        let api = try await LocalDataAPI()
        _ = try await api.execute("SELECT set_config('TimeZone', 'Asia/Tokyo', false)")
        #expect(try await api.value("SELECT current_setting('TimeZone')") == ["stringValue": "UTC"])
        _ = try await api.execute("BEGIN")
        _ = try await api.execute("CREATE TEMPORARY TABLE mine (n int)")
        #expect(try await api.execute("SELECT * FROM mine").code == "DatabaseErrorException")
    }

    @Test func `a batch is written whole or not at all`() async throws {
        let api = try await LocalDataAPI()
        _ = try await api.execute("CREATE TABLE batched (n int CONSTRAINT positive CHECK (n > 0))")
        func insert(_ numbers: [Int]) async throws -> (status: Int, code: String?, body: JSONValue) {
            let sets = numbers.map { JSONValue.array([parameter("n", ["longValue": .number($0)])]) }
            return try await api.post(
                "/BatchExecute", ["sql": "INSERT INTO batched VALUES (:n)", "parameterSets": .array(sets)])
        }
        let written = try await insert([1, 2, 3])
        #expect(
            written.body == [
                "updateResults": [["generatedFields": []], ["generatedFields": []], ["generatedFields": []]]
            ])
        let refused = try await insert([4, -1])
        #expect(refused.body["message"]?.string?.contains("violates check constraint \"positive\"") == true)
        #expect(try await api.value("SELECT count(*) FROM batched") == ["longValue": 3])
    }
}

@Suite(.timeLimit(.minutes(2))) struct DataAPILimitTests {
    @Test func `an answer over one mebibyte is refused and takes its transaction along`() async throws {
        let api = try await LocalDataAPI()
        let transaction = try await api.begin()
        let sql = "SELECT repeat('x', 60000) FROM generate_series(1, 20)"
        let answer = try await api.execute(sql, [], ["transactionId": transaction])
        #expect(answer.body["message"] == "Database returned more than the allowed response size limit")
        #expect(
            try await api.execute("SELECT 1", [], ["transactionId": transaction]).code
                == "TransactionNotFoundException")
    }

    @Test func `a row over 64 KB is refused`() async throws {
        let answer = try await LocalDataAPI().execute("SELECT repeat('x', 65537)")
        #expect(answer.code == "BadRequestException")
    }

    @Test func `a statement over its time is ended`() async throws {
        var limits = DataAPILimits()
        limits.statementTimeout = .milliseconds(100)
        let api = try await LocalDataAPI(limits: limits)
        #expect(try await api.execute("SELECT pg_sleep(30)").code == "StatementTimeoutException")
        let patient = try await api.execute("SELECT pg_sleep(0.2)", [], ["continueAfterTimeout": true])
        #expect(patient.status == 200)
        #expect(try await api.execute("SELECT pg_sleep(30)").code == "StatementTimeoutException")
    }

    @Test func `a request over 4 MiB is refused`() async throws {
        let text = String(repeating: "x", count: 4 << 20)
        let answer = try await LocalDataAPI().execute(
            "SELECT :x", [parameter("x", ["stringValue": .string(text)])])
        #expect(answer.status == 413)
    }

    @Test func `a statement over 65536 characters is refused`() async throws {
        let sql = "SELECT 1 --" + String(repeating: "x", count: 65_536)
        #expect(try await LocalDataAPI().execute(sql).code == "ValidationException")
    }

    @Test func `one call carries one statement`() async throws {
        let api = try await LocalDataAPI()
        let answer = try await api.execute("SELECT 1; SELECT 2")
        #expect(
            answer.code == "ValidationException"
                && answer.body["message"] == "Multistatements aren't supported.")
        #expect(try await api.value("SELECT 1; -- the end ;") == ["longValue": 1])
    }

    @Test func `an error of the database keeps its place and its code`() async throws {
        let answer = try await LocalDataAPI().execute("SELECT 1 FROM nowhere")
        #expect(answer.status == 400 && answer.code == "DatabaseErrorException")
        #expect(
            answer.body["message"]
                == "ERROR: relation \"nowhere\" does not exist; Position: 15; SQLState: 42P01")
    }

    @Test func `a sleeping cluster says so until it is awake`() async throws {
        let api = try await LocalDataAPI()
        await api.state.sleep(until: api.clock.now + .seconds(15))
        #expect(try await api.execute("SELECT 1").code == "DatabaseResumingException")
        api.clock.advance(by: .seconds(15))
        #expect(try await api.value("SELECT 1") == ["longValue": 1])
    }

    static let refusedMembers: [(String, JSONValue, String)] = [
        ("resourceArn", "arn:aws:rds:us-east-1:123456789012:cluster:other", "BadRequestException"),
        ("secretArn", "arn:aws:secretsmanager:us-east-1:123456789012:secret:other", "BadRequestException"),
        ("schema", "public", "ValidationException"),
        ("database", "absent", "DatabaseNotFoundException"),
        ("transactionId", "absent", "TransactionNotFoundException"),
    ]

    @Test(arguments: refusedMembers) func `a member that names nothing here is refused`(
        name: String, value: JSONValue, code: String
    ) async throws {
        #expect(try await LocalDataAPI().execute("SELECT 1", [], [name: value]).code == code)
    }

    static let refusedParameters: [JSONValue] = [
        parameter("x", ["arrayValue": ["longValues": [1]]]), parameter("other", ["longValue": 1]),
        parameter("x", ["longValue": "1"]), parameter("x", ["longValue": 1.5]), parameter("x", [:]),
        parameter("x", ["stringValue": "2026-02-01T08:00:00Z"], hint: "TIMESTAMP"),
        parameter("x", ["stringValue": "a"], hint: "NUMBER"), ["value": ["longValue": 1]],
    ]

    @Test(arguments: refusedParameters) func `a parameter that is not sound is refused`(parameter: JSONValue)
        async throws
    {
        let answer = try await LocalDataAPI().execute("SELECT :x", [parameter])
        #expect(answer.code == "BadRequestException" || answer.code == "ValidationException")
    }

    @Test func `more callers than connections all get their turn`() async throws {
        let api = try await LocalDataAPI()
        let answers = try await withThrowingTaskGroup(of: JSONValue.self) { group in
            for number in 1...60 { group.addTask { try await api.value("SELECT \(number), pg_sleep(0.01)") } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers == Set((1...60).map { ["longValue": .number($0)] }))
    }
}
