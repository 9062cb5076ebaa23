// Foundation makes the homes.
import Foundation
import LocalCloud
import Testing
import Transport
import Wire

/// Starting and ending; no function is started here.
@Suite(.timeLimit(.minutes(2))) struct AlexCloudTests {
    @Test func `a port that is taken is named, and nothing is left running`() async throws {
        let plan = try await Self.plan()
        let other = try await HTTPServer.start(port: plan.webPort) { _ in .text("other") }
        let failure = await #expect(throws: AlexFailure.self) {
            try await AlexCloud.run(plan, watch: { _ in }) { _ in }
        }
        await other.stop()
        #expect(failure?.description.contains("\(plan.webPort)") == true)
        #expect(failure?.description.contains("ALEX_PORT") == true)
        try await Self.expectEnded(plan)
    }

    @Test func `a home has room for one cloud, and the second does not disturb the first`() async throws {
        let plan = try await Self.plan()
        try await AlexCloud.run(plan, watch: { _ in }) { _ in
            await #expect(throws: AlexFailure.homeInUse(path: plan.home)) {
                try await AlexCloud.run(plan, watch: { _ in }) { _ in }
            }
            let database = try Database(directory: plan.home + "/postgres").running()
            #expect(database != nil)
        }
        try await Self.expectEnded(plan)
    }

    @Test func `everything ends when the work fails`() async throws {
        let plan = try await Self.plan()
        await #expect(throws: WorkFailure.self) {
            try await AlexCloud.run(plan, watch: { _ in }) { _ in throw WorkFailure() }
        }
        try await Self.expectEnded(plan)
    }

    @Test func `everything ends when the task is cancelled`() async throws {
        let plan = try await Self.plan()
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let running = Task {
            try await AlexCloud.run(plan, watch: { _ in }) { _ in
                start.yield()
                try await Task.sleep(for: .seconds(600))
            }
        }
        for await _ in started { break }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        try await Self.expectEnded(plan)
    }

    @Test func `site and sign-in are served on the web app's port`() async throws {
        var plan = try await Self.plan()
        let directory = try TemporaryDirectory()
        try SampleSite.write(into: directory)
        plan.site = directory.path
        // Any free ones: what the system has just given away may be somebody else's by now.
        (plan.awsPort, plan.webPort) = (0, 0)
        try await AlexCloud.run(plan, watch: { _ in }) { cloud in
            let address = try #require(HTTPURL("http://127.0.0.1:\(cloud.webPort)"))
            let transport = CurlTransport(certificateBundle: nil)
            for (path, status) in [("/accounts/0a91", 200), ("/nowhere", 404), ("/identity/households", 200)]
            {
                let response = try await transport.send(
                    HTTPRequest(.get, address.appending(path: path)), timeout: .seconds(30))
                #expect(response.status == status, "\(path)")
            }
            let signIn = HTTPRequest(
                .post, address.appending(path: "/identity/sign-in"), body: Array(#"{"name":"Ada"}"#.utf8))
            let response = try await transport.send(signIn, timeout: .seconds(30))
            #expect(try JSONValue(reading: response.body)["name"] == "Ada")
        }
        try await Self.expectEnded(plan)
    }

    @Test func `the sweep is a schedule that anybody can look at`() async throws {
        var plan = try await Self.plan()
        (plan.awsPort, plan.webPort) = (0, 0)
        try await AlexCloud.run(plan, watch: { _ in }) { cloud in
            let path = "http://127.0.0.1/schedules/\(LocalAccount.sweepSchedule)"
            let request = HTTPRequest(.get, try #require(HTTPURL(path)))
            let reply = await SchedulerEndpoint(cloud.services.scheduler).answer(request)
            guard case .complete(let response) = reply else { throw WorkFailure() }
            let schedule = try JSONValue(reading: response.body)
            #expect(schedule["ScheduleExpression"] == "rate(1 minute)" && schedule["State"] == "ENABLED")
            #expect(schedule["Target"]?["Input"] == #"{"sweep":true}"#)
        }
        try await Self.expectEnded(plan)
    }

    private struct WorkFailure: Error {}

    /// In a new home, on free ports.
    private static func plan() async throws -> AlexPlan {
        let home = FileManager.default.temporaryDirectory.appending(path: "alex-cloud-\(UUID())").path()
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        var plan = AlexPlan(
            home: home, bootstraps: "/nowhere", awsPort: await freePort(), webPort: await freePort())
        plan.durability = .fast
        return plan
    }

    /// Below those the system gives to whoever asks for any: other tests get none of these in the meantime.
    private static func freePort() async -> Int {
        while true {
            let port = Int.random(in: 20_000..<32_000)
            do throws(HTTPServerFailure) {
                try await HTTPServer.start(port: port) { _ in .text("") }.stop()
                return port
            } catch {
                continue
            }
        }
    }

    /// Both ports can be had, the database does not run; the home is removed.
    private static func expectEnded(_ plan: AlexPlan) async throws {
        for port in [plan.awsPort, plan.webPort] {
            let server = try await HTTPServer.start(port: port) { _ in .text("") }
            await server.stop()
        }
        #expect(try Database(directory: plan.home + "/postgres").running() == nil)
        try FileManager.default.removeItem(atPath: plan.home)
    }
}
