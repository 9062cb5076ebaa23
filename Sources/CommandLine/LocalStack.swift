import Foundation
import LocalCloud
import Store
import Wire

/// Starts the local cloud with the user's settings, migrates and seeds, and does something while it runs.
struct LocalStack: Sendable {
    let settings: Settings
    /// Without the log of the functions.
    let isQuiet: Bool
    var listener: @Sendable (AlexEvent) -> Void = { _ in }

    func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let screen = LogScreen(style: .ofTerminal(settings), isQuiet: isQuiet)
        let plan = try plan()
        let clock = ContinuousClock()
        let start = clock.now
        let watch: @Sendable (AlexEvent) -> Void = { event in
            screen.show(event)
            listener(event)
        }
        try await AlexCloud.run(plan, watch: watch) { _ in
            let database = try Tools(settings: settings, isLocal: true).database
            screen.step("migrate and seed")
            let applied = try await Migrator(database: database).migrate()
            if !applied.isEmpty { screen.step("applied \(applied.joined(separator: ", "))") }
            let seeded = try await Seeder(database: database).instruments()
            screen.step("\(seeded) instruments are seeded")
            screen.step("everything runs after \(ProgressLines.seconds((clock.now - start) / .seconds(1)))")
            try await work()
        }
    }

    /// Where the web app is, or will be when it is built: `ALEX_SITE`, or `frontend` in the repository this
    /// program was built from.
    var site: String { settings.site ?? Self.repository.appendingPathComponent("frontend").path }

    /// Where `make model` puts the embedding model: `MODEL_FILES`, or `.alex/model` in the repository.
    private var modelFiles: String {
        settings["MODEL_FILES"].map { URL(fileURLWithPath: $0).path }
            ?? Self.repository.appendingPathComponent(".alex/model").path
    }

    private func plan() throws -> AlexPlan {
        let model = try ModelChoice(settings)
        var plan = AlexPlan(
            home: settings.home, bootstraps: try Self.bootstraps(), awsPort: try settings.awsPort,
            webPort: try settings.webPort, model: model.backend, environment: functionVariables,
            credentials: model.credentials)
        plan.site = site
        plan.modelFiles = modelFiles
        plan.environment.merge(model.environment) { _, model in model }
        return plan
    }

    /// What the user has set and functions read; the rest is the local cloud's to set. With a Clerk key
    /// people sign in at Clerk, and the API has to trust it instead of this machine.
    private var functionVariables: [String: String] {
        let names =
            [
                "POLYGON_API_KEY", "POLYGON_PLAN", "POLYGON_ADDRESS", "BEDROCK_MODEL_ID", "BEDROCK_REGION",
                "AWS_CA_BUNDLE", "SSL_CERT_FILE", "RESEARCH_HOSTS", "RESEARCH_PAGES", "RESEARCH_LOCAL_SITES",
                "RESEARCHER_MCP_URL", "RESEARCHER_MCP_TOOLS", "RESEARCHER_MCP_TOKEN", "HTTPS_PROXY",
                "HTTP_PROXY", "NO_PROXY",
            ] + (settings["CLERK_PUBLISHABLE_KEY"] == nil ? [] : ["CLERK_ISSUER", "CLERK_JWKS_URL"])
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in settings[name].map { (name, $0) } })
    }

    /// The bootstraps lie beside this very program.
    private static func bootstraps() throws -> String {
        let directory = program.deletingLastPathComponent().path
        for function in DeployedFunction.all
        where !FileManager.default.isExecutableFile(atPath: "\(directory)/\(function.product)") {
            throw SettingsFailure(
                message:
                    "\(directory)/\(function.product) is missing; build all first: swift build -c release"
            )
        }
        return directory
    }

    /// The nearest folder above this program that holds a `Package.swift`; else the current one.
    private static var repository: URL {
        var folder = program.deletingLastPathComponent()
        while folder.path != "/" {
            let manifest = folder.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) { return folder }
            folder.deleteLastPathComponent()
        }
        return URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    }

    private static var program: URL {
        (Bundle.main.executableURL ?? URL(fileURLWithPath: ".build/release/alex")).resolvingSymlinksInPath()
    }
}
