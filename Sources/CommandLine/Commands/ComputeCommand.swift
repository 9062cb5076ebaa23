import ArgumentParser
import Foundation
import Wire

struct ComputeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compute",
        abstract: "Calculates one thing from JSON, for scripts and for checking; without a name, lists them.",
        discussion: """
            The input comes from a file or from standard input, the result goes to standard output as JSON. \
            What an input may hold, and what the result means, says --schema.
            """)

    @Argument(help: "Such as xirr.")
    var name: String?

    @Option(help: "A file with the input; without it, standard input is read.")
    var input: String?

    @Flag(help: "Prints the JSON Schema of the input, with an example and a description of the result.")
    var schema = false

    @Flag(help: "Lists the calculations.")
    var list = false

    func run() throws {
        guard let name, !list else {
            let width = Calculation.all.map(\.name.count).max() ?? 0
            for calculation in Calculation.all {
                let gap = String(repeating: " ", count: width - calculation.name.count)
                print("\(calculation.name)\(gap)  \(calculation.abstract)")
            }
            return
        }
        guard let calculation = Calculation.named(name) else {
            throw ValidationError(
                "there is no calculation `\(name)`; there are "
                    + Calculation.all.map(\.name).joined(separator: ", "))
        }
        if schema { return print(calculation.schema.prettyText) }
        do {
            print(try calculation.compute(JSONValue(reading: [UInt8](try bytes()))).prettyText)
        } catch {
            say("\(error)")
            throw ExitCode.failure
        }
    }

    private func bytes() throws -> Data {
        guard let input else { return FileHandle.standardInput.readDataToEndOfFile() }
        guard let content = FileManager.default.contents(atPath: input) else {
            throw InputFailure(path: input, problem: "cannot be read")
        }
        return content
    }
}
