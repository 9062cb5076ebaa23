import Quantities
import Synchronization

/// CloudWatch Logs as the functions write to it and the endpoint reads it.
///
/// A class with a lock instead of an actor: a sandbox writes in the middle of its own work, line after line,
/// and cannot wait for its turn without letting other lines overtake.
package final class LogsService: Sendable {
    private let state: Mutex<LogsState>
    private let clock: CloudClock

    package init(clock: CloudClock, state: LogsState = LogsState()) {
        self.clock = clock
        self.state = Mutex(state)
    }

    package func create(_ group: String) {
        state.withLock { $0.create(group, at: clock.now()) }
    }

    /// A line with its end, as Lambda writes it.
    package func write(_ line: String, to stream: String, of group: String) {
        state.withLock { $0.append(line + "\n", to: stream, of: group, at: clock.now()) }
    }

    /// What there is at this moment.
    var snapshot: LogsState { state.withLock { $0 } }
}
