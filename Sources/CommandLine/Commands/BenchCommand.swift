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
                    name: path.split(separator: "/").last.map(String.init) ?? path, path: path)
            })
        bench.runs = runs
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
