import ArgumentParser
import LocalCloud
import Wire

struct WebBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "web",
        abstract:
            "Opens every page of the web app with an empty cache: requests, bytes, round trips, time."
    )

    func run() async throws {
        try await BenchCloud.run { cloud in
            _ = try await AnalysisRun(api: cloud.api, onEvent: { _ in }).run()
            let report = WebBenchReport(pages: try await WebBench.measure(cloud))
            print(report.text)
            guard report.complaints.isEmpty else { throw ExitCode.failure }
        }
    }
}

enum WebBench {
    static let script = BenchScript(path: "scripts/web_bench.py", needs: "Playwright, and Chromium")
    /// Sends whoever is signed in on to the dashboard.
    static let signInPage = "/sign-in"

    /// Every page of the site once, as the demo household.
    static func measure(_ cloud: BenchCloud) async throws -> [WebBenchReport.Page] {
        guard let rules = try await StaticSite(folder: cloud.stack.site).rules else {
            throw SettingsFailure(message: "the web app is not built: `make web` builds it")
        }
        let accounts = try await cloud.api.send(.get, "/api/accounts")
        guard let account = accounts.array?.first?["id"]?.string else { throw WebBenchFailure.noAccount }
        let pages = rules.pages.keys.sorted().map { page -> JSONValue in
            let path = page.split(separator: "*", omittingEmptySubsequences: false).joined(separator: account)
            let isFound = rules.pages[page] != rules.notFound
            return [
                "path": .string(path),
                "address": .string(cloud.api.address.appending(path: path).description),
                "expected_status": .number(isFound ? 200 : 404), "is_signed_in": .bool(page != signInPage),
            ]
        }
        let session = try await cloud.api.send(.post, "/identity/sign-in", body: ["household": "demo"])
        let answer = try script.run(["pages": .array(pages), "session": session])
        let measured = answer.array?.compactMap(WebBenchReport.Page.init) ?? []
        guard measured.count == pages.count else {
            throw BenchScriptFailure.notUnderstood(script, answer: answer.text)
        }
        return measured
    }
}

enum WebBenchFailure: Error, CustomStringConvertible {
    case noAccount

    var description: String { "the demo household has no account" }
}
