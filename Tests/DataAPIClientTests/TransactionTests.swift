import AWSClient
import DataAPIClient
import Fakes
import Testing
import Wire

@Suite struct TransactionTests {
    private let begun = ScriptedTransport.Answer.json(["transactionId": "t1"])
    private let changed = ScriptedTransport.Answer.json(["numberOfRecordsUpdated": 1])
    private let committed = ScriptedTransport.Answer.json(["transactionStatus": "Transaction Committed"])
    private let rolledBack = ScriptedTransport.Answer.json(["transactionStatus": "Rollback Complete"])
    private let deadlock = ScriptedTransport.Answer.error(
        "DatabaseErrorException", 400, "ERROR: deadlock detected; SQLState: 40P01")

    @Test func `every statement carries the transaction`() async throws {
        let transport = ScriptedTransport([begun, changed, changed, committed])
        let client = DataAPIClient.scripted(transport)
        let sum = try await client.transaction { transaction in
            let first = try await client.execute("UPDATE a", in: transaction)
            return first + (try await client.execute("UPDATE b", in: transaction))
        }
        #expect(sum == 2)
        #expect(transport.paths == ["/BeginTransaction", "/Execute", "/Execute", "/CommitTransaction"])
        #expect(try transport.bodies().dropFirst().allSatisfy { $0["transactionId"] == "t1" })
    }

    @Test func `a failure rolls back, and what the rollback says hides nothing`() async throws {
        let transport = ScriptedTransport([
            begun, .error("DatabaseErrorException", 400, "ERROR: division by zero; SQLState: 22012"),
            .error("InternalServerErrorException", 500),
        ])
        let client = DataAPIClient.scripted(transport)
        await #expect(
            throws: DataAPIFailure.database(
                sqlState: "22012", message: "ERROR: division by zero; SQLState: 22012",
                statement: "SELECT 1/0")
        ) {
            try await client.transaction { transaction in
                try await client.execute("SELECT 1/0", in: transaction)
            }
        }
        #expect(transport.paths == ["/BeginTransaction", "/Execute", "/RollbackTransaction"])
    }

    @Test func `a failed commit is the failure of the transaction`() async throws {
        let transport = ScriptedTransport([
            begun, .error("TransactionNotFoundException", 404), .error("TransactionNotFoundException", 404),
        ])
        await #expect(throws: DataAPIFailure.transactionNotFound) {
            try await DataAPIClient.scripted(transport).transaction { _ in }
        }
    }

    @Test func `a commit is sent once, whatever becomes of it`() async throws {
        let transport = ScriptedTransport([
            begun, .failure(.timedOut(host: "h", after: .seconds(60))), rolledBack,
        ])
        await #expect(throws: DataAPIFailure.self) {
            try await DataAPIClient.scripted(transport).transaction { _ in }
        }
        #expect(transport.paths == ["/BeginTransaction", "/CommitTransaction", "/RollbackTransaction"])
    }

    @Test func `two statements at once are refused before the wire`() async throws {
        let transport = GatedTransport()
        let client = DataAPIClient(
            cluster: "c", secret: "s", database: "d", configuration: .gated(transport))
        await #expect(throws: DataAPIFailure.transactionBusy) {
            try await client.transaction { transaction in
                async let first = client.execute("UPDATE a", in: transaction)
                await transport.waitForStatement()
                let second: Result<Int, any Error>
                do {
                    second = .success(try await client.execute("UPDATE b", in: transaction))
                } catch {
                    second = .failure(error)
                }
                await transport.open()
                _ = try await first
                _ = try second.get()
            }
        }
        #expect(await transport.paths == ["/BeginTransaction", "/Execute", "/RollbackTransaction"])
    }

    @Test func `a transaction that has ended is refused before the wire`() async throws {
        let transport = ScriptedTransport([begun, committed])
        let client = DataAPIClient.scripted(transport)
        let escaped = try await client.transaction { $0 }
        await #expect(throws: DataAPIFailure.transactionNotFound) {
            try await client.execute("UPDATE a", in: escaped)
        }
        #expect(transport.requests.count == 2)
    }

    @Test func `after a deadlock the whole of it is run again`() async throws {
        let transport = ScriptedTransport([begun, deadlock, rolledBack, begun, changed, committed])
        let client = DataAPIClient.scripted(transport)
        let count = try await client.transaction { try await client.execute("UPDATE a", in: $0) }
        #expect(count == 1)
        #expect(transport.requests.count == 6)
    }

    @Test func `deadlocks end after so many attempts`() async throws {
        let transport = ScriptedTransport([begun, deadlock, rolledBack, begun, deadlock, rolledBack])
        let client = DataAPIClient.scripted(transport)
        await #expect(throws: DataAPIFailure.conflict(sqlState: "40P01")) {
            try await client.transaction(attempts: 2) { try await client.execute("UPDATE a", in: $0) }
        }
        #expect(transport.requests.count == 6)
    }

    @Test func `between attempts there are pauses, shortened at random`() async throws {
        let time = ManualTime()
        let conflict = [begun, deadlock, rolledBack]
        let transport = ScriptedTransport(conflict + conflict + conflict + [begun, changed, committed])
        var client = DataAPIClient.scripted(transport, time: time)
        client.random = { 0.5 }
        let patient = client
        _ = try await patient.transaction(attempts: 4) { try await patient.execute("UPDATE a", in: $0) }
        #expect(time.sleeps == [50, 100, 200].map { .milliseconds($0) })
    }

    @Test func `no attempt is made beyond the deadline`() async throws {
        let time = ManualTime()
        let transport = ScriptedTransport([begun, deadlock, rolledBack])
        var client = DataAPIClient.scripted(transport, time: time)
        client.random = { 1 }
        client.deadline = time.now + .milliseconds(100)
        let hurried = client
        await #expect(throws: DataAPIFailure.conflict(sqlState: "40P01")) {
            try await hurried.transaction { try await hurried.execute("UPDATE a", in: $0) }
        }
        #expect(time.sleeps.isEmpty)
        #expect(transport.requests.count == 3)
    }

    @Test func `a commit that cannot be serialized runs the whole of it again`() async throws {
        let conflict = ScriptedTransport.Answer.error(
            "DatabaseErrorException", 400, "ERROR: could not serialize access; SQLState: 40001")
        let transport = ScriptedTransport([begun, changed, conflict, rolledBack, begun, changed, committed])
        let client = DataAPIClient.scripted(transport)
        var runs = 0
        try await client.transaction { transaction in
            runs += 1
            try await client.execute("UPDATE a", in: transaction)
        }
        #expect(runs == 2)
        #expect(transport.requests.count == 7)
    }

    @Test(arguments: [
        ScriptedTransport.Answer.error(
            "BadRequestException", 400, "Database returned more than the allowed response size limit"),
        .error("TransactionNotFoundException", 404, "Transaction t1 is not found"),
    ])
    func `a transaction the service has ended is neither used again nor rolled back`(
        lost: ScriptedTransport.Answer
    ) async throws {
        let transport = ScriptedTransport([begun, lost])
        let client = DataAPIClient.scripted(transport)
        await #expect(throws: DataAPIFailure.transactionNotFound) {
            try await client.transaction { transaction in
                await #expect(throws: DataAPIFailure.self) {
                    try await client.execute("SELECT a", in: transaction)
                }
                try await client.execute("UPDATE a", in: transaction)
            }
        }
        #expect(transport.paths == ["/BeginTransaction", "/Execute"])
    }

    @Test func `a transaction that ran into the deadline is still rolled back`() async throws {
        let time = ManualTime()
        let transport = ScriptedTransport([begun, rolledBack])
        var client = DataAPIClient.scripted(transport, time: time)
        client.deadline = time.now + .seconds(1)
        await #expect(throws: DataAPIFailure.self) {
            try await client.transaction { transaction in
                time.sleep(.seconds(2))
                try await client.execute("UPDATE a", in: transaction)
            }
        }
        #expect(transport.paths == ["/BeginTransaction", "/RollbackTransaction"])
    }

    @Test func `a cancelled transaction is still rolled back`() async throws {
        let transport = CancellableTransport()
        let client = DataAPIClient(
            cluster: "c", secret: "s", database: "d", configuration: .gated(transport))
        let work = Task {
            try await client.transaction { transaction in
                withUnsafeCurrentTask { $0?.cancel() }
                try await client.execute("UPDATE a", in: transaction)
            }
        }
        await #expect(throws: DataAPIFailure.self) { try await work.value }
        #expect(await transport.answered == ["/BeginTransaction", "/RollbackTransaction"])
    }
}
