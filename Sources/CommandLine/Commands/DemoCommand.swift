import ArgumentParser
import Foundation
import LocalCloud
import Wire

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "Creates the demo household, runs one analysis and prints it. Uses a running "
            + "`alex up`, else starts its own."
    )

    func run() async throws {
        let settings = try Settings.read()
        try await withCloud(settings) { tools in
            let api = try tools.webAPI(for: .demo)
            _ = try await api.send(.get, "/api/user")
            let answer = try await api.send(.post, "/api/populate-test-data")
            let accounts = answer["accounts"]?.array ?? []
            let positions = accounts.reduce(0) { $0 + ($1["positions"]?.array?.count ?? 0) }
            print("The demo household has \(accounts.count) accounts with \(positions) positions.")
            let result = try await watchAnalysis(api, Style.ofTerminal(settings))
            print(AnalysisScreen(style: Style.ofTerminal(settings)).text(result))
            guard result.job["status"]?.string == "completed" else { throw ExitCode.failure }
        }
    }
}

/// Runs one analysis and prints its steps as they happen.
func watchAnalysis(_ api: WebAPI, _ style: Style) async throws -> AnalysisRun.Result {
    let progress = ProgressLines(style: style)
    return try await AnalysisRun(
        api: api,
        onEvent: { event in
            print(progress.line(event))
            fflush(nil)
        }
    ).run()
}

/// Works with the running local cloud, or with one that is started for this and stopped afterwards.
func withCloud(_ settings: Settings, _ work: @escaping @Sendable (Tools) async throws -> Void) async throws {
    let tools = try Tools(settings: settings)
    if try await tools.isUp() {
        try await work(tools)
    } else {
        say("No local cloud is running; starting one for this.")
        let interrupt = Interrupt()
        try await LocalStack(settings: settings, isQuiet: true).run {
            try await interrupt.during { try await work(tools) }
        }
    }
}
