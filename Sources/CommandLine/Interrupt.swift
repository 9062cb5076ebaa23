import Dispatch
import Foundation

/// Ctrl-C and the polite signal of other programs, noted from the moment this exists.
///
/// The default would end the process before its children are ended. A class, for the sources end with it;
/// they never change after `init` and are safe to use from any thread, hence `@unchecked`.
final class Interrupt: @unchecked Sendable {
    private let signals: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (signals, sender) = AsyncStream.makeStream(of: Int32.self)
        self.signals = signals
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { sender.yield(number) }
            source.resume()
            return source
        }
    }

    /// Returns at the first signal, or when the task is cancelled.
    func wait() async {
        for await _ in signals { return }
    }

    /// Does something until it ends or a signal comes.
    ///
    /// - Throws: ``Interrupted`` after a signal; the work has been cancelled and has ended.
    func during(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask {
                await self.wait()
                return false
            }
            defer { group.cancelAll() }
            guard try await group.next() == true else { throw Interrupted() }
        }
    }
}

struct Interrupted: Error, CustomStringConvertible {
    let description = "interrupted; everything that was started is stopped, and what was saved stays"
}
