// Foundation runs the command and looks at processes.
import Foundation
import LocalCloud
import Testing
import Transport
import Wire

/// Where somebody sits who runs `alex`: a home and two ports.
struct Desk: Sendable {
    let home: String
    let awsPort: Int
    let webPort: Int

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    init() async throws {
        home = try House.temporaryDirectory()
        awsPort = try await FreePorts.next()
        webPort = try await FreePorts.next()
    }

    func alex(_ arguments: [String]) -> Program {
        Program(
            Desk.command, arguments,
            environment: [
                "ALEX_HOME": home, "ALEX_PORT": String(webPort), "ALEX_AWS_PORT": String(awsPort),
                "ALEX_MODEL": "offline",
            ], directory: home)
    }

    /// Beside the functions under test.
    static var command: String {
        do { return try Bootstraps.directory() + "/alex" } catch { return "\(error)" }
    }

    /// The analyses of the demo household.
    func jobs() async throws -> [JSONValue] {
        let identity = try LocalIdentity(home, webPort: webPort)
        let visitor = Visitor(
            subject: DemoHousehold.demo.subject,
            token: try identity.token(for: .demo, lifetime: .seconds(600), now: CloudClock.system.now()),
            address: try #require(HTTPURL("http://127.0.0.1:\(webPort)")),
            transport: CurlTransport(certificateBundle: nil))
        #expect(try await visitor.send(.get, "/api/health").status == 200)
        return try await visitor.get("/api/jobs")["jobs"]?.array ?? []
    }

    /// The process, its descendants, and the database of this home with its own.
    func processes(below root: Int32) async throws -> Set<Int32> {
        let (_, table) = try await Program("ps", ["-e", "-o", "pid=,ppid="]).run()
        let pairs = table.split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Int32($0) }
        }
        var found: Set<Int32> = [root]
        let lock = try String(contentsOfFile: home + "/postgres/data/postmaster.pid", encoding: .utf8)
        found.insert(try #require(lock.split(separator: "\n").first.flatMap { Int32($0) }))
        var before = 0
        while before != found.count {
            before = found.count
            for pair in pairs where pair.count == 2 && found.contains(pair[1]) { found.insert(pair[0]) }
        }
        return found
    }

    /// Those of the processes that still run. One that has ended may keep its number until its new parent,
    /// which is not ours to choose, takes note: a zombie.
    static func alive(_ processes: Set<Int32>) async throws -> Set<Int32> {
        let (_, table) = try await Program("ps", ["-e", "-o", "pid=,stat="]).run()
        var running: Set<Int32> = []
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2, !words[1].hasPrefix("Z"), let pid = Int32(words[0]) { running.insert(pid) }
        }
        return processes.intersection(running)
    }

    func clear() async throws { try FileManager.default.removeItem(atPath: home) }
}
