import ArgumentParser
import Foundation
import LocalCloud

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
        let stack = LocalStack(settings: settings, isQuiet: false)
        try await stack.run {
            if let lack = await Self.lack(of: StaticSite(folder: stack.site)) { print(style.bold(lack)) }
            print(
                style.bold("Alex is ready: http://localhost:\(port)")
                    + "   (Ctrl-C stops it; `alex demo` shows an analysis)")
            // Somebody may wait for this line at the other end of a pipe.
            fflush(nil)
            await interrupt.wait()
            print("Stopping. The data stays in \(settings.home)/.")
        }
    }

    /// What keeps the web app from being served, and what to do about it.
    private static func lack(of site: StaticSite) async -> String? {
        do throws(SiteFailure) {
            return try await site.rules == nil
                ? "The web app is not built: `make web` builds it, and it is served at once." : nil
        } catch {
            return "The web app cannot be served: \(error). `make web` builds it again."
        }
    }
}
