import AWSClient
import Foundation
import Quantities

/// Shows the logs of functions, once or until somebody has seen enough.
struct LogWatch: Sendable {
    /// Between two rounds, on AWS. Some regions answer five questions a second.
    static let pause = Duration.seconds(2)
    static let localPause = Duration.milliseconds(300)

    let logs: CloudWatchLogsClient
    let isLocal: Bool
    /// `planner` or `alex-planner`; none for all there are.
    let agents: [String]
    let view: LogView
    /// How far back it begins.
    let since: Duration
    let follows: Bool

    /// - Throws: ``WatchFailure``, or ``AWSFailure`` that waiting would not mend.
    func run() async throws {
        let existing = try await logs.groups(prefix: WatchedFunctions.prefix).map(\.name)
        let functions = try WatchedFunctions(agents, among: existing)
        var follower = LogFollower(groups: functions.groups, start: Timestamp.now - since) {
            query throws(AWSFailure) in try await logs.events(query)
        }
        if follows { say("Watching \(Self.list(functions)). Ctrl-C ends it.") }
        var isDisturbed = false
        while true {
            do throws(AWSFailure) {
                show(try await follower.round())
                if isDisturbed { say("Reading again.") }
                isDisturbed = false
            } catch {
                guard error.code != "ResourceNotFoundException" else { throw WatchFailure.gone }
                guard follows, error.isRetryable else { throw error }
                if !isDisturbed { say("\(error.debugDescription). Trying again; no line is lost.") }
                isDisturbed = true
            }
            guard follows else { return }
            try await Task.sleep(for: isLocal ? Self.localPause : Self.pause)
        }
    }

    private func show(_ events: [LogEvent]) {
        for event in events {
            if let line = view.line(event) { print(line) }
        }
        // Somebody may read at the other end of a pipe.
        fflush(nil)
    }

    private static func list(_ functions: WatchedFunctions) -> String {
        functions.groups.map { FunctionLines.shortName(WatchedFunctions.function(of: $0)) }
            .joined(separator: ", ")
    }
}
