import ArgumentParser

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Tests what is deployed.", subcommands: [RemoteTestCommand.self])
}

struct RemoteTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remote",
        abstract: "Has households of its own analysed by a deployment, and checks every result.",
        discussion: """
            full: one household, and what each section holds. accounts: several accounts, each against the \
            whole. scale: many households at once. All three unless some are named.

            Works by AWS keys alone, over AURORA_CLUSTER_ARN, AURORA_SECRET_ARN and SQS_QUEUE_URL; without \
            AURORA_CLUSTER_ARN it tests the running `alex up`. The households are deleted afterwards. Exit \
            code 1: something is not as it should be.
            """)

    @Argument(help: "Which stories.")
    var stories: [RemoteStory] = RemoteStory.allCases

    @Option(help: "How many households `scale` has analysed at once, 1 to 50.")
    var households = 5

    @Option(help: "How long an analysis may take: 90s, 5m.")
    var within = TypedDuration(minutes: 5)

    @Flag(help: "Leaves the households there.")
    var keep = false

    static let mostHouseholds = 50
    /// Of a program that was interrupted.
    private static let interrupted = ExitCode(130)

    func validate() throws {
        guard (1...Self.mostHouseholds).contains(households) else {
            throw ValidationError("--households is between 1 and \(Self.mostHouseholds)")
        }
    }

    func run() async throws {
        let settings = try Settings.read()
        let cloud = try RemoteCloud(try Tools(settings: settings))
        let told = RemoteStories(
            cloud: cloud, style: .ofTerminal(settings), limit: within.duration, households: households,
            keeps: keep)
        let stories = RemoteStory.allCases.filter(self.stories.contains)
        let outcome = Outcome()
        do {
            try await Interrupt().during { await outcome.set(try await told.tell(stories)) }
        } catch is Interrupted {
            say("Interrupted.")
            throw Self.interrupted
        } catch {
            say("Error: \(cloud.words(error))")
            throw ExitCode.failure
        }
        guard await outcome.isGood else { throw ExitCode.failure }
    }

    /// Carried out of the task that can be interrupted.
    private actor Outcome {
        private(set) var isGood = false

        func set(_ isGood: Bool) { self.isGood = isGood }
    }
}

extension RemoteStory: ExpressibleByArgument {}
