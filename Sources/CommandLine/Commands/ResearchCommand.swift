import ArgumentParser
import Foundation
import Wire

struct ResearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "research",
        abstract: "Sends the researcher out and waits for what it finds.",
        discussion: "Without a topic it looks into the instrument that most households hold.")

    @Argument(help: "In words; an address of an allowed site may be part of it.")
    var topic: String?

    func run() async throws {
        let settings = try Settings.read()
        let style = Style.ofTerminal(settings)
        try await withCloud(settings) { tools in
            let api = try tools.webAPI(for: .demo)
            let run = try await ResearchWatch(api: api) { progress in
                print("\(style.colored("·", .gray)) \(progress)")
                fflush(nil)
            }.run(topic: topic)
            print(ResearchLines(style: style).text(run))
            guard run["status"]?.string == "completed" else { throw ExitCode.failure }
        }
    }
}
