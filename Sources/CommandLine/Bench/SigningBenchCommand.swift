import ArgumentParser

struct SigningBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sigv4", abstract: "Signatures for AWS against botocore and, where installed, awscrt.")

    func run() throws {
        guard try SigningBench.run({ print($0) }) else { throw ExitCode.failure }
    }
}
