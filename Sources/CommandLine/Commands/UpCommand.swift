import ArgumentParser
import Foundation

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract:
            "Starts everything and shows the log of all functions until Ctrl-C. The data stays in .alex/.")

    func run() async throws {
        let settings = try Settings.read()
        let style = Style.ofTerminal(settings)
        let port = try settings.webPort
        let interrupt = Interrupt()
        try await LocalStack(settings: settings, isQuiet: false).run {
            print(
                style.bold("Alex is ready: http://localhost:\(port)")
                    + "   (Ctrl-C stops it; `alex demo` shows an analysis)")
            // Somebody may wait for this line at the other end of a pipe.
            fflush(nil)
            await interrupt.wait()
            print("Stopping. The data stays in \(settings.home)/.")
        }
    }
}
