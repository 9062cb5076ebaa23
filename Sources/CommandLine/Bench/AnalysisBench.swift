import ArgumentParser
import Foundation
import LocalCloud
import Synchronization
import Wire

struct AnalysisBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analysis",
        abstract:
            "One whole analysis over its own local cloud, cold and warm, every millisecond attributed."
    )

    func run() async throws {
        let settings = try AnalysisBench.settings()
        let ledger = AnalysisLedger()
        try await LocalStack(settings: settings, isQuiet: true, listener: { ledger.note($0) }).run {
            let api = try Tools(settings: settings).webAPI(for: .demo)
            _ = try await api.send(.get, "/api/user")
            _ = try await api.send(.post, "/api/populate-test-data")
            for title in ["cold", "warm"] {
                ledger.clear()
                let result = try await AnalysisRun(api: api, onEvent: { _ in }).run()
                print(AnalysisBench.report(title, result, ledger.contents))
            }
        }
    }
}

/// What the local cloud has seen since the last ``clear()``. A class: it is told from many tasks.
final class AnalysisLedger: Sendable {
    struct Contents: Sendable {
        var invocations: [InvocationRecord] = []
        var calls: [AccessRecord] = []
    }

    private let state = Mutex(Contents())

    var contents: Contents { state.withLock { $0 } }

    func clear() { state.withLock { $0 = Contents() } }

    func note(_ event: AlexEvent) {
        state.withLock { contents in
            switch event {
            case .lambda(.invocationEnded(let record)): contents.invocations.append(record)
            case .access(let record): contents.calls.append(record)
            case .lambda, .progress, .trouble: break
            }
        }
    }
}

enum AnalysisBench {
    /// A fresh home and free ports, so that a running `alex up` is left alone.
    static func settings() throws -> Settings {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("alex-bench-\(getpid())")
            .path
        var variables = try Settings.read().variables
        variables["ALEX_HOME"] = home
        variables["ALEX_AWS_PORT"] = "14566"
        variables["ALEX_PORT"] = "18000"
        return Settings(variables: variables)
    }

    static func report(_ title: String, _ result: AnalysisRun.Result, _ contents: AnalysisLedger.Contents)
        -> String
    {
        let pipeline = contents.invocations.filter { $0.function != DeployedFunction.api.name }
        var lines = [
            "", "One analysis, \(title): \(milliseconds(result.duration)) from the click to the result",
        ]
        lines += pipeline.sorted { $0.startedAt < $1.startedAt }.map { record in
            let start = record.initDuration.map { "cold start \(milliseconds($0))" } ?? "warm"
            return row(record.function, milliseconds(record.duration), start)
        }
        for (service, calls) in Dictionary(grouping: contents.calls, by: { $0.service ?? "?" }).sorted(by: {
            $0.key < $1.key
        }) {
            let operations = Dictionary(grouping: calls, by: \.operation).map {
                "\($0.value.count) \($0.key)"
            }.sorted()
            let sum = calls.reduce(Duration.zero) { $0 + $1.duration }
            lines.append(
                row(service, milliseconds(sum), "\(calls.count) calls: \(operations.joined(separator: ", "))")
            )
        }
        let sections = pipeline.filter { !["alex-planner", "alex-tagger"].contains($0.function) }
        if let slowest = sections.map({ $0.duration + ($0.initDuration ?? .zero) }).max() {
            let ratio = (result.duration / slowest * 100).rounded() / 100
            lines.append("  the whole takes \(ratio) times the slowest section")
        }
        return lines.joined(separator: "\n")
    }

    private static func row(_ name: String, _ time: String, _ remark: String) -> String {
        "  " + Style.padded(name, 20) + Style.rightAligned(time, 12) + "   " + remark
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let hundredths = (duration / .milliseconds(1) * 100).rounded() / 100
        return "\(hundredths) ms"
    }
}
