import AWSClient
import Agents
import BedrockClient
import Fakes
import Finance
import Functions
import LambdaRuntime
import Pages
import Quantities
import Store
import Synchronization
import TestDatabases
import Testing
import Wire

/// The researcher over PostgreSQL, with a scripted model and a scripted web.
@Suite struct ResearcherFunctionTests {
    static let now = Timestamp(secondsSinceEpoch: 1_795_770_000)
    static let address = "https://finance.example/bonds"
    static let page = """
        <html><head><title>Bonds</title></head><body><p>BND returned 1.2% in November.</p></body></html>
        """

    /// What the ingest function was sent.
    private final class Shelf: Sendable {
        private let sent = Mutex<[JSONValue]>([])
        var events: [JSONValue] { sent.withLock { $0 } }
        var calls: FunctionCalls {
            FunctionCalls { _, event, _ in
                self.sent.withLock { $0.append(event) }
                return (["document_id": "d1", "is_complete": true] as JSONValue).bytes
            }
        }
    }

    private let shelf = Shelf()

    private func function(
        _ database: TestDatabase, _ model: ScriptedModel, web: ScriptedTransport = ScriptedTransport()
    ) throws -> ResearcherFunction {
        let policy = try PagePolicy(hosts: ["finance.example"])
        return ResearcherFunction(
            runs: ResearchStore(database: database.client),
            desk: PageResearch(
                model: model, policy: policy,
                reader: PageReader(policy: policy, transport: web, now: { Self.now }), startPages: [],
                ingest: shelf.calls, ingestFunction: "alex-ingest", server: nil), now: { Self.now })
    }

    private func send(_ event: JSONValue, _ function: ResearcherFunction, id: String = "invocation-1")
        async throws -> JSONValue
    {
        try JSONValue(
            reading: try await function.handle(Invocation(event: event.bytes, requestID: id)))
    }

    private static var diligent: ScriptedModel {
        ScriptedModel([
            .calls([ToolUse(id: "r", name: "read_page", input: ["url": .string(address)])]),
            .calls([
                ToolUse(
                    id: "i", name: "ingest_document",
                    input: [
                        "title": "Bond funds", "text": "BND returned 1.2% in November.",
                        "sources": [.string(address)], "symbols": ["BND"],
                    ])
            ]), .text("One page was read and saved."),
        ])
    }

    private static func web() -> ScriptedTransport {
        ScriptedTransport(.text(page, headers: ["Content-Type": "text/html; charset=utf-8"]))
    }

    @Test func `a topic is read about, saved with its source, and kept as done`() async throws {
        let database = try await TestDatabase.migrated()
        let function = try function(database, Self.diligent, web: Self.web())
        let answer = try await send(["topic": "bond funds"], function)
        #expect(answer["status"] == "completed" && answer["documents"] == 1)
        let event = try #require(shelf.events.first)
        #expect(event["text"]?.string?.contains("BND returned 1.2% in November.") == true)
        let metadata = event["metadata"]
        #expect(metadata?["source"]?.string == Self.address && metadata?["symbols"] == ["BND"])
        #expect(metadata?["retrieved_at"]?.string == Self.now.description)
        #expect(metadata?["hashes"]?.array?.first?.string?.count == 64)

        let runs = ResearchStore(database: database.client)
        let id = try #require(answer["research_id"]?.string.flatMap { UUID($0) })
        let run = try await runs.run(id)
        #expect(run.status == .completed && run.progress == "1 document is saved.")
        #expect(run.result?["summary"] == "One page was read and saved.")

        // The same topic on the same day, by a second delivery or another household: nothing is asked again.
        let again = try await send(["topic": "Bond  FUNDS"], function, id: "invocation-2")
        #expect(again["status"] == "already_done" && again["research_id"] == answer["research_id"])
        #expect(shelf.events.count == 1)
    }

    @Test func `a run that saved nothing has failed, and says what the researcher says`() async throws {
        let database = try await TestDatabase.migrated()
        let model = ScriptedModel([.text("Nothing was found on this topic.")])
        let answer = try await send(["topic": "bond funds"], try function(database, model))
        #expect(answer["status"] == "failed" && answer["error"] == "Nothing was found on this topic.")
        #expect(shelf.events.isEmpty)
    }

    @Test func `a passing failure gives the run back and is thrown, so that Lambda tries again`()
        async throws
    {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let topic = try #require(ResearchTopic("bond funds"))
        let id = try await runs.request(topic, on: Self.now.date).run.id
        let model = ScriptedModel([.failure(.throttled)], afterwards: .failure(.throttled))
        let function = try function(database, model)
        await #expect(throws: AgentFailure.self) {
            try await send(["research_id": .string(id.description)], function)
        }
        #expect(try await runs.run(id).status == .pending)
    }

    @Test func `a run that somebody else holds is left alone`() async throws {
        let database = try await TestDatabase.migrated()
        let runs = ResearchStore(database: database.client)
        let topic = try #require(ResearchTopic("bond funds"))
        let id = try await runs.request(topic, on: Self.now.date).run.id
        _ = try await runs.claim(id, lease: .seconds(60), claimant: "somebody")
        let answer = try await send(
            ["research_id": .string(id.description)], try function(database, ScriptedModel([])))
        #expect(answer["status"] == "held" && answer["held_until"]?.string != nil)
    }

    @Test func `the schedule has nothing to do where nobody holds anything`() async throws {
        let function = try function(try await TestDatabase.migrated(), ScriptedModel([]))
        #expect(try await send(["scheduled": true], function) == ["status": "nothing_to_do"])
    }

    @Test(
        arguments: [
            ([:], .unknown), (["scheduled": false], .unknown), (["research_id": 5], .noID),
            (["research_id": "x"], .noID), (["topic": ""], .noTopic), (["topic": ["a"]], .noTopic),
        ] as [(JSONValue, ResearchEventFailure)])
    func `an event that asks for nothing is refused`(event: JSONValue, failure: ResearchEventFailure)
        async throws
    {
        let function = try function(try await TestDatabase.migrated(), ScriptedModel([]))
        await #expect(throws: failure) { try await send(event, function) }
    }
}
