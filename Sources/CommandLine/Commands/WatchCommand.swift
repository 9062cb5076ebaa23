import AWSClient
import ArgumentParser

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Shows the logs of all functions as they come, a colour for each agent.",
        discussion: """
            Reads CloudWatch Logs, on AWS where AURORA_CLUSTER_ARN is set, otherwise of the running \
            `alex up`. Times are in UTC. Ctrl-C ends it.
            """)

    @Argument(help: "Functions such as planner or reporter; all there are unless named.")
    var agents: [String] = []

    @Option(help: "How far back it begins: 90s, 10m, 2h, 1d.")
    var since = TypedDuration(minutes: 10)

    @Flag(inversion: .prefixedNo, help: "Whether to wait for more, or to end with what is there.")
    var follow = true

    @Option(help: "Only lines with this text, upper and lower case as given.")
    var grep: String?

    @Option(help: "Only lines that matter at least that much.")
    var level = LogLevel.trace

    @Flag(help: "Each line as a JSON document, also those the platform repeats.")
    var json = false

    private static let permissions = "logs:DescribeLogGroups and logs:FilterLogEvents"

    func run() async throws {
        let settings = try Settings.read()
        let tools = try Tools(settings: settings)
        let watch = LogWatch(
            logs: CloudWatchLogsClient(tools.aws), isLocal: tools.localPort != nil, agents: agents,
            view: LogView(style: .ofTerminal(settings), level: level, text: grep, isJSON: json),
            since: since.duration, follows: follow)
        do {
            try await Interrupt().during { try await watch.run() }
        } catch is Interrupted {
            // How watching ends.
        } catch let failure as AWSFailure {
            throw CloudFailure(failure, localPort: tools.localPort, permissions: Self.permissions)
        }
    }
}

extension TypedDuration: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }

    package var defaultValueDescription: String { "\(duration.components.seconds / 60)m" }
}

extension LogLevel: ExpressibleByArgument {
    package init?(argument: String) { self.init(word: argument) }
}
