import ArgumentParser
import Foundation
import LocalCloud

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures Alex on this machine and prints ratios.",
        subcommands: [
            RuntimeBenchCommand.self, RetirementBenchCommand.self, AnalysisBenchCommand.self,
            WebBenchCommand.self, GateBenchCommand.self, EmbeddingBenchCommand.self, SearchBenchCommand.self,
            SigningBenchCommand.self, DataAPIBenchCommand.self, JSONBenchCommand.self,
        ])
}

struct RuntimeBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runtime",
        abstract:
            "Drives bootstraps over its own control plane: cold start, invocations, memory."
    )

    @Option(help: "A bootstrap; may be given several times. The first one is held against the others.")
    var bootstrap: [String]

    @Option(
        help: "A bootstrap of another runtime, such as aws-lambda-cpp's echo; may be given several times.")
    var against: [String] = []

    @Option(help: "Runs of each.")
    var runs = 30

    func run() throws {
        let ours = bootstrap.map { path in
            RuntimeBench.Bootstrap(name: Self.name(path), path: path, environment: Self.environment)
        }
        let others = against.map { path in
            RuntimeBench.Bootstrap(name: Self.name(path), path: path, isOther: true)
        }
        var bench = RuntimeBench(ours + others)
        bench.runs = runs
        let reports = try bench.run()
        print(RuntimeBenchReport.table(reports))
        let verdicts = RuntimeBenchAims.verdicts(on: reports)
        for verdict in verdicts { print("  \(verdict)") }
        guard verdicts.allSatisfy(\.isReached) else { throw ExitCode.failure }
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
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

struct DataAPIBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataapi",
        abstract: "A round trip of the Data API client against a bare libcurl call of the same bytes.")

    func run() async throws {
        guard try await DataAPIBench.run() else { throw ExitCode.failure }
    }
}

struct JSONBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "json", abstract: "Rows of the Data API from JSON against botocore's parser.")

    func run() async throws {
        guard try await JSONBench.run() else { throw ExitCode.failure }
    }
}
