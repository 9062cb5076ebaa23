import LocalCloud
import Quantities
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
    private struct State {
        var now = Timestamp(secondsSinceEpoch: 1_800_000_000)
        var sleepers: [Int: (until: Timestamp, wake: AsyncStream<Void>.Continuation)] = [:]
        var last = 0
    }

    private let state = Mutex(State())
    private let bell = Bell()

    var clock: CloudClock {
        CloudClock(now: { self.state.withLock { $0.now } }, sleep: { try await self.sleep($0) })
    }

    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now + duration
            let now = state.now
            let due = state.sleepers.filter { $0.value.until <= now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.wake)
        }
        for sleeper in woken { sleeper.finish() }
    }

    /// Returns when somebody sleeps who will wake after exactly this duration.
    func waitForSleeper(of duration: Duration) async {
        await bell.wait {
            state.withLock { state in state.sleepers.values.contains { $0.until == state.now + duration } }
        }
    }

    private func sleep(_ duration: Duration) async throws {
        let (stream, wake) = AsyncStream.makeStream(of: Void.self)
        let id = state.withLock { state in
            state.last += 1
            guard duration > .zero else { return 0 }
            state.sleepers[state.last] = (state.now + duration, wake)
            return state.last
        }
        if id == 0 { return }
        bell.ring()
        for await _ in stream {}
        state.withLock { $0.sleepers[id] = nil }
        try Task.checkCancellation()
    }
}
