import AWSClient
import Foundation  // reads fixture files
import Quantities
import SigV4
import Synchronization
import Testing
import Wire

/// A machine of a dictionary of files, on which nothing runs unless it is said what it prints.
///
/// A class because the machine's closures and the test share it.
final class MachineUnderTest: Sendable {
    private struct State {
        var files: [String: String]
        var outputs: [String: ChildOutput]
        var read: [String] = []
        var ran: [String] = []
    }

    private let state: Mutex<State>
    let environment: [String: String]

    init(
        _ environment: [String: String] = [:], files: [String: String] = [:],
        outputs: [String: ChildOutput] = [:]
    ) {
        self.environment = ["HOME": "/home"].merging(environment) { $1 }
        state = Mutex(State(files: files, outputs: outputs))
    }

    var machine: Machine {
        Machine(
            environment: environment,
            read: { path throws(AWSFailure) in
                self.state.withLock { state in
                    state.read.append(path)
                    return state.files[path].map { Array($0.utf8) }
                }
            },
            replace: { path, bytes throws(AWSFailure) in
                self.state.withLock { $0.files[path] = String(decoding: bytes, as: UTF8.self) }
            },
            run: { command, _ async throws(AWSFailure) in
                let output = self.state.withLock { state in
                    state.ran.append(command)
                    return state.outputs[command]
                }
                guard let output else {
                    Issue.record("nothing is said of `\(command)`")
                    throw AWSFailure(configuration: "nothing is said of `\(command)`")
                }
                return output
            })
    }

    var filesRead: [String] { state.withLock { $0.read } }
    var commandsRun: [String] { state.withLock { $0.ran } }
    func file(_ path: String) -> String? { state.withLock { $0.files[path] } }
}

extension AWSConfiguration {
    /// Without credentials of its own, at a moment that stands still.
    static func unsigned(_ transport: any HTTPTransport, endpoints: Endpoints = Endpoints())
        -> AWSConfiguration
    {
        AWSConfiguration(
            region: "us-east-1", credentials: Credentials(accessKeyID: "never", secretAccessKey: "asked"),
            endpoints: endpoints, transport: transport, retry: RetryPolicy(random: { 1 }, sleep: { _ in }),
            now: { ClientUnderTest.now })
    }
}

/// The credentials found, or an issue.
func found(_ source: some CredentialsSource) async throws -> LentCredentials {
    switch try await source.find() {
    case .found(let lent): return lent
    case .absent(let reason):
        Issue.record("absent: \(reason)")
        throw AWSFailure(configuration: reason)
    }
}

/// Why there are none; `nil` when there are.
func absence(_ source: some CredentialsSource) async throws -> String? {
    if case .absent(let reason) = try await source.find() { reason } else { nil }
}

func lent(_ name: String, token: Bool = true, expiry: String? = "2099-01-01T00:00:00Z") -> LentCredentials {
    LentCredentials(
        Credentials(
            accessKeyID: "\(name)-id", secretAccessKey: "\(name)-secret",
            sessionToken: token ? "\(name)-token" : nil), expiry: expiry.flatMap { Timestamp($0) })
}

/// `{"AccessKeyId": "name-id", ...}` as containers and instances answer.
func lentDocument(_ name: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
    .object(
        [
            "AccessKeyId": .string("\(name)-id"), "SecretAccessKey": .string("\(name)-secret"),
            "Token": .string("\(name)-token"), "Expiration": "2099-01-01T00:00:00Z",
        ].merging(more) { $1 })
}

func fixture(_ path: String) throws -> JSONValue {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONValue(
        reading: Array(try Data(contentsOf: directory.appending(path: "Fixtures/aws/\(path)"))))
}
