import AWSClient
import DataAPIClient
import Fakes
import Testing
import Wire

/// When a statement is sent again, and when never.
@Suite struct RepetitionTests {
    private let changed = ScriptedTransport.Answer.json(["numberOfRecordsUpdated": 1])
    private let resuming = ScriptedTransport.Answer.error("DatabaseResumingException", 400, "resuming")

    @Test func `a sleeping database is asked again on the schedule`() async throws {
        let time = ManualTime()
        let transport = ScriptedTransport(Array(repeating: resuming, count: 5) + [changed])
        #expect(try await DataAPIClient.scripted(transport, time: time).execute("UPDATE a") == 1)
        #expect(time.sleeps == [1, 2, 3, 5, 5].map { .seconds($0) })
    }

    @Test func `patience ends`() async throws {
        let time = ManualTime()
        var client = DataAPIClient.scripted(
            ScriptedTransport(Array(repeating: resuming, count: 9)), time: time)
        client.patience = .seconds(10)
        await #expect(throws: DataAPIFailure.resuming) { try await client.execute("UPDATE a") }
        #expect(time.sleeps == [1, 2, 3].map { .seconds($0) })
    }

    @Test func `without patience the caller hears at once that the database is waking up`() async throws {
        let time = ManualTime()
        var client = DataAPIClient.scripted(ScriptedTransport([resuming]), time: time)
        client.patience = .zero
        await #expect(throws: DataAPIFailure.resuming) { try await client.execute("UPDATE a") }
        #expect(time.sleeps.isEmpty)
    }

    @Test func `no pause goes beyond the deadline`() async throws {
        let time = ManualTime()
        var client = DataAPIClient.scripted(
            ScriptedTransport(Array(repeating: resuming, count: 9)), time: time)
        client.deadline = time.now + .seconds(4)
        await #expect(throws: DataAPIFailure.resuming) { try await client.execute("UPDATE a") }
        #expect(time.elapsed == .seconds(3))
    }

    @Test(arguments: [
        ScriptedTransport.Answer.error("ThrottlingException", 400), .error("TooManyRequestsException", 429),
        .failure(.notConnected(host: "h", reason: "refused")),
    ])
    func `a change is sent again when nothing was executed`(failure: ScriptedTransport.Answer) async throws {
        let transport = ScriptedTransport([failure, changed])
        #expect(try await DataAPIClient.scripted(transport).execute("UPDATE a") == 1)
    }

    @Test(arguments: [
        ScriptedTransport.Answer.error("InternalServerErrorException", 500),
        .error("ServiceUnavailableError", 503), .error("DatabaseUnavailableException", 504),
        .error("StatementTimeoutException", 400), .failure(.timedOut(host: "h", after: .seconds(60))),
        .failure(.interrupted(host: "h", reason: "reset")),
        .failure(.notTrusted(host: "h", reason: "expired")),
    ])
    func `a change that may have been executed is not sent again`(
        failure: ScriptedTransport.Answer
    ) async throws {
        let transport = ScriptedTransport([failure, changed])
        await #expect(throws: DataAPIFailure.self) {
            try await DataAPIClient.scripted(transport).execute("UPDATE a")
        }
        #expect(transport.requests.count == 1)
    }

    @Test(arguments: [
        ScriptedTransport.Answer.error("InternalServerErrorException", 500),
        .error("ServiceUnavailableError", 503), .failure(.timedOut(host: "h", after: .seconds(60))),
        .failure(.interrupted(host: "h", reason: "reset")),
    ])
    func `what the caller calls repeatable is sent again`(failure: ScriptedTransport.Answer) async throws {
        let transport = ScriptedTransport([failure, .json([:])])
        let client = DataAPIClient.scripted(transport)
        #expect(try await client.query("SELECT 1", isRepeatable: true).isEmpty)
        #expect(transport.requests.count == 2)
    }

    @Test func `in a transaction nothing is repeatable`() async throws {
        let transport = ScriptedTransport([
            .json(["transactionId": "t1"]), .error("InternalServerErrorException", 500), .json([:]),
        ])
        let client = DataAPIClient.scripted(transport)
        await #expect(throws: DataAPIFailure.self) {
            try await client.transaction { transaction in
                _ = try await client.query("SELECT 1", in: transaction, isRepeatable: true)
            }
        }
        #expect(transport.paths == ["/BeginTransaction", "/Execute", "/RollbackTransaction"])
    }
}
