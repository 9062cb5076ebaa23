import Foundation
import LocalCloud

/// A local cloud of a bench's own, in a fresh home and on other ports than `alex up`, which is left alone.
struct BenchCloud: Sendable {
    let stack: LocalStack
    /// The demo household's, with its accounts and positions.
    let api: WebAPI

    /// Starts it, does the work, ends it and removes what it kept.
    static func run(
        listener: @escaping @Sendable (AlexEvent) -> Void = { _ in },
        _ work: @escaping @Sendable (BenchCloud) async throws -> Void
    ) async throws {
        let settings = try settings()
        defer { remove(settings.home) }
        let stack = LocalStack(settings: settings, isQuiet: true, listener: listener)
        try await stack.run {
            let api = try Tools(settings: settings).webAPI(for: .demo)
            _ = try await api.send(.get, "/api/user")
            _ = try await api.send(.post, "/api/populate-test-data")
            try await work(BenchCloud(stack: stack, api: api))
        }
    }

    private static func settings() throws -> Settings {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("alex-bench-\(getpid())")
            .path
        var variables = try Settings.read().variables
        variables["ALEX_HOME"] = home
        variables["ALEX_AWS_PORT"] = "14566"
        variables["ALEX_PORT"] = "18000"
        return Settings(variables: variables)
    }

    private static func remove(_ home: String) {
        do {
            try FileManager.default.removeItem(atPath: home)
        } catch {
            say("\(home) stays: \(error)")
        }
    }
}
