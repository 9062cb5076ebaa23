import Fakes
import Functions
import Quantities
import Store
import Synchronization
import TestDatabases
import Testing
import Wire

@Suite struct ResearchRoutesTests {
    /// Remembers what the researcher was sent.
    private final class Desk: Sendable {
        private let sent = Mutex<[JSONValue]>([])
        var events: [JSONValue] { sent.withLock { $0 } }
        var dispatch: ResearchDispatch {
            ResearchDispatch { event in self.sent.withLock { $0.append(event) } }
        }
    }

    @Test func `the researcher is sent out once for a topic on a day, as long as nobody is at it`()
        async throws
    {
        let database = try await TestDatabase.migrated()
        let desk = Desk()
        let api = try APIUnderTest(database, research: desk.dispatch)
        let first = try await api.send("POST", "/api/research", body: ["topic": "VTI outlook"])
        #expect(first.status == 202)
        #expect(first["status"] == "pending" && first["topic"] == "VTI outlook")
        let id = try #require(first["id"]?.string)
        #expect(desk.events == [["research_id": .string(id)]])

        let runs = ResearchStore(database: database.client)
        _ = try await runs.claim(try #require(UUID(id)), lease: .seconds(60), claimant: "a")
        let again = try await api.send(
            "POST", "/api/research", body: ["topic": "vti  OUTLOOK"], user: "user_b")
        #expect(again.status == 200 && again["id"]?.string == id && again["status"] == "running")
        #expect(desk.events.count == 1)

        let shown = try await api.send("GET", "/api/research/\(id)")
        #expect(shown["progress"] == "The research has started.")
        let listed = try await api.send("GET", "/api/research")
        #expect(listed["runs"]?.array?.map { $0["id"]?.string } == [id])
    }

    @Test func `nobody sends the researcher out without signing in`() async throws {
        let desk = Desk()
        let api = try APIUnderTest(research: desk.dispatch)
        let reply = try await api.send("POST", "/api/research", body: ["topic": "VTI"], user: nil)
        #expect(reply.status == 401)
        #expect(desk.events.isEmpty)
    }

    @Test func `where no researcher is deployed that is said`() async throws {
        let api = try APIUnderTest(try await TestDatabase.migrated())
        let reply = try await api.send("POST", "/api/research", body: ["topic": "VTI"])
        #expect(reply.status == 503)
        #expect(reply["detail"]?.string?.contains("deploy part 4") == true)
    }

    @Test func `without a topic it is what most hold, and nothing when nobody holds anything`() async throws {
        let database = try await TestDatabase.seeded()
        let desk = Desk()
        let api = try APIUnderTest(database, research: desk.dispatch)
        let none = try await api.send("POST", "/api/research", body: [:])
        #expect(none.status == 409)
        _ = try await api.send("POST", "/api/populate-test-data")
        let some = try await api.send("POST", "/api/research", body: [:])
        #expect(some.status == 202)
        #expect(some["topic"]?.string?.contains(" - ") == true)
        #expect(desk.events.count == 1)
    }

    @Test(arguments: [["topic": ""], ["topic": 5], ["topic": " "]] as [JSONValue])
    func `a topic that is none is refused`(body: JSONValue) async throws {
        let api = try APIUnderTest(try await TestDatabase.migrated(), research: Desk().dispatch)
        #expect(try await api.send("POST", "/api/research", body: body).status == 422)
    }
}
