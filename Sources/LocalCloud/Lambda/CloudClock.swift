import Quantities

/// The time of the local cloud: the machine's own, or one that a test moves by hand.
package struct CloudClock: Sendable {
    package let now: @Sendable () -> Timestamp
    /// Returns after the duration; throws `CancellationError` when the task is cancelled first.
    package let sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    package static let system = CloudClock(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(
                microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
        },
        sleep: { try await Task.sleep(for: $0) })

    /// The result of the work, or `nil` when the time is up first; the loser is cancelled.
    func result<Value: Sendable>(
        within limit: Duration, of work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                do {
                    try await sleep(limit)
                } catch {
                    // Cancelled: the work has won, and nobody reads this.
                }
                return nil
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? nil
        }
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
