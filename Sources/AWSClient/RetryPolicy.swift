/// When a failed call is sent again: AWS's "standard" mode.
///
/// Waits `random(0...1) * min(2^n, 20)` seconds after attempt n, counted from zero. Source: botocore's
/// `retries/standard.py`.
package struct RetryPolicy: Sendable {
    /// How often a call is sent in all.
    package let attempts: Int
    let random: @Sendable () -> Double
    /// How this process waits; throws when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    package static let longestWait = Duration.seconds(20)
    package static let standardAttempts = 3

    /// - Parameters:
    ///   - random: 0...1.
    ///   - sleep: Throws when the task is cancelled.
    package init(
        attempts: Int = RetryPolicy.standardAttempts,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.attempts = max(1, attempts)
        self.random = random
        self.sleep = sleep
    }

    package static let never = RetryPolicy(attempts: 1)

    /// - Parameter attempt: The one that failed, counted from 1.
    package func wait(after attempt: Int) -> Duration {
        let doublings = min(attempt - 1, 10)
        return min(.seconds(1 << doublings), Self.longestWait) * random()
    }
}
