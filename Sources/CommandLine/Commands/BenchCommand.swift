import ArgumentParser
import Foundation
import LocalCloud

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures Alex on this machine and prints ratios.",
        subcommands: [
            RuntimeBenchCommand.self, RetirementBenchCommand.self, AnalysisBenchCommand.self,
            WebBenchCommand.self, GateBenchCommand.self, EmbeddingBenchCommand.self, SearchBenchCommand.self,
            SigningBenchCommand.self,
        ])
}

struct RuntimeBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runtime",
        abstract:
            "Drives bootstraps over its own control plane: cold start, invocations, memory."
    )

    @Option(help: "A bootstrap; may be given several times, and also belong to another runtime.")
    var bootstrap: [String]

    @Option(help: "Runs of each.")
    var runs = 30

    func run() throws {
        var bench = RuntimeBench(
            bootstrap.map { path in
                RuntimeBench.Bootstrap(
                    name: path.split(separator: "/").last.map(String.init) ?? path, path: path,
                    environment: Self.environment)
            })
        bench.runs = runs
        print(RuntimeBenchReport.table(try bench.run()))
    }

    /// What our functions need to start; the addresses are never called, for they refuse the bench's event.
    private static var environment: [String: String] {
        var environment = LocalAccount.environment(awsPort: 1)
        environment["BEDROCK_MODEL_ID"] = LocalAccount.modelID
        environment["MODEL_FILES"] = FileManager.default.currentDirectoryPath + "/.alex/model"
        environment["RESEARCH_HOSTS"] = "example.com"
        environment["CLERK_ISSUER"] = LocalAccount.issuer(webPort: 1)
        environment["CLERK_JWKS_URL"] = LocalAccount.issuer(webPort: 1)
        return environment
    }
}

struct RetirementBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retirement", abstract: "The retirement simulation against the same model in NumPy.")

    func run() throws {
        try RetirementBench.run()
    }
}

struct EmbeddingBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embeddings",
        abstract: "Memory and speed of the model that turns texts into vectors, against NumPy.")

    func run() throws {
        guard try EmbeddingBench.run() else { throw ExitCode.failure }
    }
}

struct SearchBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "The exact search among 100 000 vectors against NumPy.")

    func run() throws {
        guard try SearchBench.run() else { throw ExitCode.failure }
    }
}

struct GateBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "How long the gate takes for a report of 20 kB.")

    func run() throws {
        guard GateBench.run({ print($0) }) else { throw ExitCode.failure }
    }
}
