import AWSClient
import CommandLine
import Quantities
import Synchronization
import Testing

@Suite struct LogFollowerTests {
    static let groups = ["/aws/lambda/alex-planner", "/aws/lambda/alex-reporter"]

    /// A service whose lines the test puts there, in any order.
    private final class Service: Sendable {
        private struct State {
            var events: [LogEvent] = []
            var queries: [LogQuery] = []
            var broken: String?
        }

        private let state = Mutex(State())

        func put(_ id: String, at second: Int, in group: String = groups[0]) {
            let event = LogEvent(id: id, group: group, stream: "s", at: moment(second), message: "line \(id)")
            state.withLock { $0.events.append(event) }
        }

        func breakDown(_ group: String?) { state.withLock { $0.broken = group } }

        var queries: [LogQuery] { state.withLock { $0.queries } }

        func read(_ query: LogQuery) throws(AWSFailure) -> [LogEvent] {
            let events = state.withLock { state -> [LogEvent]? in
                state.queries.append(query)
                guard state.broken != query.group else { return nil }
                return state.events.filter { event in
                    event.group == query.group && query.start.map { event.at >= $0 } ?? true
                }.sorted { $0.at < $1.at }
            }
            guard let events else { throw AWSFailure(service: "logs", .interrupted(host: "h", reason: "r")) }
            return events
        }
    }

    private static func moment(_ second: Int) -> Timestamp { Timestamp(secondsSinceEpoch: Int64(second)) }

    private func follower(_ service: Service, since second: Int = 1000) -> LogFollower {
        LogFollower(groups: Self.groups, start: Self.moment(second)) { query throws(AWSFailure) in
            try service.read(query)
        }
    }

    private func ids(_ follower: inout LogFollower) async throws -> [String] {
        try await follower.round().map(\.id)
    }

    @Test func `lines of all groups come in the order of time, and none twice`() async throws {
        let service = Service()
        service.put("a", at: 1003)
        service.put("b", at: 1001, in: Self.groups[1])
        service.put("too old", at: 999)
        service.put("c", at: 1002)
        var follower = follower(service)
        #expect(try await ids(&follower) == ["b", "c", "a"])
        #expect(try await ids(&follower) == [])
        service.put("d", at: 1003, in: Self.groups[1])
        #expect(try await ids(&follower) == ["d"])
    }

    @Test func `a line that the service shows late is given`() async throws {
        let service = Service()
        service.put("a", at: 2000)
        var follower = follower(service)
        #expect(try await ids(&follower) == ["a"])
        service.put("late", at: 1941)
        #expect(try await ids(&follower) == ["late"])
        service.put("b", at: 2010)
        #expect(try await ids(&follower) == ["b"])
        service.put("later", at: 1955, in: Self.groups[1])
        #expect(try await ids(&follower) == ["later"])
    }

    @Test func `the same id in two groups is two lines`() async throws {
        let service = Service()
        service.put("1", at: 1001)
        service.put("1", at: 1001, in: Self.groups[1])
        var follower = follower(service)
        #expect(try await ids(&follower) == ["1", "1"])
    }

    @Test func `a round in which one group does not answer is made up for`() async throws {
        let service = Service()
        service.put("a", at: 1001)
        service.put("b", at: 1002, in: Self.groups[1])
        service.breakDown(Self.groups[1])
        var follower = follower(service)
        await #expect(throws: AWSFailure.self) { try await follower.round() }
        service.breakDown(nil)
        #expect(try await ids(&follower) == ["a", "b"])
    }

    @Test func `rounds ask for the last minute only, and remember no more`() async throws {
        let service = Service()
        var follower = follower(service)
        for second in stride(from: 1000, to: 5000, by: 10) {
            service.put("\(second)", at: second)
            #expect(try await ids(&follower) == ["\(second)"])
        }
        #expect(follower.start == Self.moment(4980) - LogFollower.overlap)
        #expect(follower.memory <= 8)
        #expect(service.queries.last?.start == Self.moment(4970) - LogFollower.overlap)
        #expect(Set(service.queries.map(\.group)) == Set(Self.groups))
    }

    @Test func `as long as nothing comes, the beginning stays`() async throws {
        let service = Service()
        var follower = follower(service)
        for _ in 0..<3 { #expect(try await ids(&follower) == []) }
        service.put("a", at: 1000)
        #expect(try await ids(&follower) == ["a"])
    }
}
