import ArgumentParser

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Runs recorded and mutated model outputs through the agents and the gate, offline.",
        discussion: """
            Counts false alarms, plants errors, looks for what has to be mentioned, compares the same figure \
            everywhere, tries hostile names, and runs everything again. Exit code 1 when anything fails.
            """)

    @Option(help: "Where the recordings and the golden portfolios are.")
    var fixtures = "Tests/Fixtures"

    func run() async throws {
        let passes = try await Evaluation(directory: fixtures).run { finding in
            for line in finding.lines { print(line) }
        }
        guard passes else { throw ExitCode.failure }
    }
}
