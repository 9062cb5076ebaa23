import CommandLine
import Fakes
import Testing
import Wire

struct SmokeTestTests {
    private static let ready = ScriptedTransport.Answer.text(#"{"status":"ready","database":"ready"}"#)

    @Test func `a site that becomes healthy is waited for`() async throws {
        let transport = ScriptedTransport([
            .text("<html>", status: 403), .text("{}", status: 503), Self.ready,
        ])
        try await SmokeTest(transport: transport, sleep: { _ in }).run(site: "https://example.com")
        #expect(
            transport.requests.map(\.url.description)
                == Array(repeating: "https://example.com/api/health", count: 3))
    }

    @Test func `one that does not in time is told with the last reason`() async {
        let transport = ScriptedTransport([.text("{}", status: 503), .text("{}", status: 503)])
        let test = SmokeTest(transport: transport, patience: .seconds(5), sleep: { _ in })
        await #expect(throws: DeployFailure.unhealthy(url: "https://example.com", reason: "status 503")) {
            try await test.run(site: "https://example.com")
        }
        #expect(transport.requests.count == 2)
    }

    @Test func `a page in place of the API's answer is a complaint`() async {
        let transport = ScriptedTransport([.text("<html></html>"), .text(#"{"status":"asleep"}"#)])
        let test = SmokeTest(transport: transport)
        #expect(await test.complaint(about: "https://example.com")?.contains("not valid JSON") == true)
        #expect(await test.complaint(about: "https://example.com") == #"it says {"status":"asleep"}"#)
        #expect(await test.complaint(about: "nowhere") == "that is no address")
    }
}
