import Foundation
import Wire

/// Asks a deployment's web API, by way of the site, whether it is healthy.
package struct SmokeTest: Sendable {
    /// A new distribution takes some minutes; a sleeping database half a minute.
    package static let patience = Duration.seconds(600)
    static let pause = Duration.seconds(5)
    static let timeout = Duration.seconds(30)

    private let transport: any HTTPTransport
    private let patience: Duration
    private let sleep: @Sendable (Duration) async throws -> Void

    package init(
        transport: any HTTPTransport, patience: Duration = SmokeTest.patience,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.transport = transport
        self.patience = patience
        self.sleep = sleep
    }

    /// - Throws: ``DeployFailure/unhealthy(url:reason:)`` when it is not healthy in time.
    package func run(site: String) async throws {
        var waited = Duration.zero
        while let reason = await complaint(about: site) {
            guard waited < patience else { throw DeployFailure.unhealthy(url: site, reason: reason) }
            try await sleep(Self.pause)
            waited += Self.pause
        }
    }

    /// `nil` when all is well.
    package func complaint(about site: String) async -> String? {
        guard let url = HTTPURL("\(site)/api/health") else { return "that is no address" }
        do {
            let response = try await transport.send(HTTPRequest(.get, url), timeout: Self.timeout)
            guard response.status == 200 else { return "status \(response.status)" }
            let health = try JSONValue(reading: response.body)
            return health["status"]?.string == "ready" ? nil : "it says \(health.text)"
        } catch let failure as JSONFailure {
            return "its answer is \(failure)"
        } catch {
            return "\(error)"
        }
    }
}
