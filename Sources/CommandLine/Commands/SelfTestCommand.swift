import ArgumentParser
import Finance

struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Runs the engine against published results and prints expected, got and tolerance.")

    func run() throws {
        let cases = try SelfTest.cases()
        for line in SelfTestLines.table(cases) { print(line) }
        guard cases.allSatisfy(\.passes) else { throw ExitCode.failure }
    }
}
