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
        let ledger = AnalysisLedger()
        try await BenchCloud.run(listener: { ledger.note($0) }) { cloud in
            for title in ["cold", "warm"] {
                ledger.clear()
                let result = try await AnalysisRun(api: cloud.api, onEvent: { _ in }).run()
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
        let calls = contents.calls.map(BenchedCall.init)
        let statements = calls.filter { $0.service == "rds-data" && !$0.isWatching }
        lines.append("  Data API calls of the analysis: \(statements.count)")
        lines += grouped(statements)
        lines.append("  Other calls")
        lines += grouped(calls.filter { $0.service != "rds-data" })
        let sections = pipeline.filter { !["alex-planner", "alex-tagger"].contains($0.function) }
        if let slowest = sections.map({ $0.duration + ($0.initDuration ?? .zero) }).max() {
            let ratio = (result.duration / slowest * 100).rounded() / 100
            lines.append("  the whole takes \(ratio) times the slowest section with its start")
        }
        return lines.joined(separator: "\n")
    }

    /// One row for each caller and question.
    private static func grouped(_ calls: [BenchedCall]) -> [String] {
        let groups = Dictionary(grouping: calls) { "\($0.caller)  \($0.question)" }
        return groups.sorted { $0.key < $1.key }.map { question, calls in
            let sum = calls.reduce(Duration.zero) { $0 + $1.duration }
            return row("", milliseconds(sum), "\(calls.count)  \(question)")
        }
    }

    private static func row(_ name: String, _ time: String, _ remark: String) -> String {
        "  " + Style.padded(name, 20) + Style.rightAligned(time, 12) + "   " + remark
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let hundredths = (duration / .milliseconds(1) * 100).rounded() / 100
        return "\(hundredths) ms"
    }
}

/// A call to a service, as far as the bench tells them apart.
struct BenchedCall {
    let service: String
    /// The function that called, from `User-Agent`.
    let caller: String
    /// What was asked: the tables a statement writes or reads, or the operation.
    let question: String
    let duration: Duration

    init(_ record: AccessRecord) {
        service = record.service ?? "?"
        duration = record.duration
        let agent = record.request.headers["User-Agent"] ?? ""
        caller = agent.components(separatedBy: "app/").dropFirst().first ?? "alex"
        question = Self.statement(in: record) ?? record.operation
    }

    /// Reading jobs and events for whoever waits: not part of the analysis.
    var isWatching: Bool { caller == DeployedFunction.api.name && question.hasPrefix("SELECT") }

    private static func statement(in record: AccessRecord) -> String? {
        guard record.service == "rds-data" else { return nil }
        let text = String(decoding: record.request.body, as: UTF8.self)
        let writes = text.matches(
            of: /(INSERT INTO|UPDATE|DELETE FROM) ([a-z_]+)( AS [a-z_]+)? *(SET|\(|\\n)/)
        if writes.isEmpty { return text.firstMatch(of: /FROM ([a-z_]+)/).map { "SELECT \($0.1)" } }
        return writes.map { "\($0.1) \($0.2)" }.joined(separator: ", ")
    }
}
