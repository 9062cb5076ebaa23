import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures Alex on this machine and prints ratios.",
        subcommands: [RuntimeBenchCommand.self, RetirementBenchCommand.self, AnalysisBenchCommand.self])
}

struct RuntimeBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runtime",
        abstract:
            "Drives bootstraps over a control plane of its own: cold start, first and warm invocation, memory."
    )

    @Option(help: "A bootstrap; may be given several times, and also belong to another runtime.")
    var bootstrap: [String]

    @Option(help: "Runs of each.")
    var runs = 30

    func run() throws {
        let bench = RuntimeBench(
            bootstraps: bootstrap.map {
                RuntimeBench.Bootstrap(name: $0.split(separator: "/").last.map(String.init) ?? $0, path: $0)
            },
            runs: runs)
        print(RuntimeBenchReport.table(try bench.run()))
    }
}

struct RetirementBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retirement", abstract: "The retirement simulation against the same model in NumPy.")

    func run() throws {
        try RetirementBench.run()
    }
}
