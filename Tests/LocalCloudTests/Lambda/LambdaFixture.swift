import Foundation  // For the environment of the tests and the path of their files.
import LocalCloud
import Synchronization

/// The python that runs the fixtures.
let python: String = {
    let name = ProcessInfo.processInfo.environment["ALEX_PYTHON"] ?? "python3"
    if name.hasPrefix("/") { return name }
    let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return directories.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 } ?? "/usr/bin/\(name)"
}()

func fixture(_ name: String, besides file: String = #filePath) -> String {
    String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]) + "/" + name
}

extension LambdaAccount {
    static let test = LambdaAccount(
        region: "us-east-1", account: "123456789012", environment: ["COLOUR": "blue"])
}

extension LambdaFunction {
    static func fixture(
        _ name: String, mode: String = "echo", environment: [String: String] = [:],
        maximumConcurrency: Int = 10
    ) -> LambdaFunction {
        LambdaFunction(
            name: name, executable: python, arguments: [LocalCloudTests.fixture("bootstrap.py"), mode],
            environment: environment, maximumConcurrency: maximumConcurrency)
    }
}

/// Runs the body with one function, `echo`, and stops everything afterwards.
///
/// Time stands still unless the test moves it, so that a slow machine is not a timeout.
func withFunction(
    mode: String = "echo", maximumConcurrency: Int = 10, clock: CloudClock = ManualClock().clock,
    _ body: (LambdaService, Heard) async throws -> Void
) async throws {
    let heard = Heard()
    let lambda = LambdaService(account: .test, clock: clock, observe: { heard.hear($0) })
    await lambda.deploy(.fixture("echo", mode: mode, maximumConcurrency: maximumConcurrency))
    do {
        try await body(lambda, heard)
    } catch {
        await lambda.stop()
        throw error
    }
    await lambda.stop()
}

/// What the functions were heard to do.
final class Heard: Sendable {
    private let events = Mutex<[LambdaEvent]>([])

    private let bell = Bell()

    func hear(_ event: LambdaEvent) {
        events.withLock { $0.append(event) }
        bell.ring()
    }

    var records: [InvocationRecord] {
        events.withLock { events in
            events.compactMap { if case .invocationEnded(let record) = $0 { record } else { nil } }
        }
    }

    var lines: [String] {
        events.withLock { events in
            events.compactMap { if case .line(_, let text) = $0 { text } else { nil } }
        }
    }

    var endedSandboxes: Int {
        events.withLock { events in events.count { if case .sandboxEnded = $0 { true } else { false } } }
    }

    var pids: [Int32] {
        events.withLock { events in
            events.compactMap { if case .sandboxStarted(_, let pid) = $0 { pid } else { nil } }
        }
    }

    func line(_ text: String) async { await wait { lines.contains(text) } }

    func attempts(_ count: Int) async { await wait { records.count >= count } }

    func dropped(_ requestID: String) async {
        await wait {
            events.withLock { events in
                events.contains { if case .eventDropped(_, requestID) = $0 { true } else { false } }
            }
        }
    }

    private func wait(until isTrue: () -> Bool) async { await bell.wait(until: isTrue) }
}
