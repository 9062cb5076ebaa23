import AWSClient
import ArgumentParser
import Foundation
import LocalCloud
import Quantities

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Shows the logs of all functions as they come, a colour for each agent.",
        discussion: """
            Reads CloudWatch Logs, on AWS where AURORA_CLUSTER_ARN is set, otherwise of the running `alex up`. \
            Times are in UTC. Ctrl-C ends it.
            """)

    @Argument(help: "Functions such as planner or reporter; all there are unless named.")
    var agents: [String] = []

    @Option(help: "How far back it begins: 90s, 10m, 2h, 1d.")
    var since = TypedDuration.tenMinutes

    @Flag(inversion: .prefixedNo, help: "Whether to wait for more, or to end with what is there.")
    var follow = true

    @Option(help: "Only lines with this text, upper and lower case as given.")
    var grep: String?

    @Option(help: "Only lines that matter at least that much.")
    var level = LogLevel.trace

    @Flag(help: "Each line as a JSON document, also those the platform repeats.")
    var json = false

    /// Between two rounds, on AWS. Five questions a second are free of throttling everywhere.
    private static let pause = Duration.seconds(2)
    private static let localPause = Duration.milliseconds(300)
    private static let permissions = "logs:DescribeLogGroups and logs:FilterLogEvents"

    func run() async throws {
        let settings = try Settings.read()
        let tools = try Tools(settings: settings)
        let interrupt = Interrupt()
        let command = self
        do {
            try await interrupt.during { try await command.watch(tools) }
        } catch is Interrupted {
            // How watching ends.
        } catch let failure as AWSFailure {
            throw CloudFailure(failure, localPort: tools.localPort, permissions: Self.permissions)
        }
    }

    private func watch(_ tools: Tools) async throws {
        let logs = CloudWatchLogsClient(tools.aws)
        let existing = try await logs.groups(prefix: WatchedFunctions.prefix).map(\.name)
        let functions = try WatchedFunctions(agents, among: existing)
        let view = LogView(style: .ofTerminal(tools.settings), level: level, text: grep, isJSON: json)
        var follower = LogFollower(groups: functions.groups, start: .now - since.duration) {
            query throws(AWSFailure) in try await logs.events(query)
        }
        if follow { say("Watching \(Self.list(functions)). Ctrl-C ends it.") }
        var isDisturbed = false
        while true {
            do throws(AWSFailure) {
                for event in try await follower.round() {
                    if let line = view.line(event) { print(line) }
                }
                // Somebody may read at the other end of a pipe.
                fflush(stdout)
                if isDisturbed { say("Reading again.") }
                isDisturbed = false
            } catch {
                guard error.code != "ResourceNotFoundException" else { throw WatchFailure.gone }
                guard follow, error.isRetryable else { throw error }
                if !isDisturbed { say("\(error.debugDescription). Trying again; no line is lost.") }
                isDisturbed = true
            }
            guard follow else { return }
            try await Task.sleep(for: tools.localPort == nil ? Self.pause : Self.localPause)
        }
    }

    private static func list(_ functions: WatchedFunctions) -> String {
        functions.groups.map { FunctionLines.shortName(WatchedFunctions.function(of: $0)) }
            .joined(separator: ", ")
    }
}

extension TypedDuration: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }

    static let tenMinutes = TypedDuration(minutes: 10)

    var defaultValueDescription: String { "\(duration.components.seconds / 60)m" }
}

extension LogLevel: ExpressibleByArgument {
    init?(argument: String) { self.init(word: argument) }
}
