import Quantities

/// When a failed call is sent again: the modes "standard" and "adaptive" of AWS's SDKs.
///
/// Waits `random(0...1) * min(2^n, 20)` seconds after attempt n, counted from zero, and no less than the
/// service asks for. What a client may retry in all is bounded by ``RetryQuota``; in adaptive mode
/// ``SendingRate`` slows it down, too. Source of the numbers: AWS's retry specification as botocore's
/// `retries/standard.py` has it, before the shorter waits of 2026.
package struct RetryPolicy: Sendable {
    package enum Mode: String, Sendable {
        case standard
        /// After the first throttling, every attempt waits for its turn.
        case adaptive
    }

    package let mode: Mode
    /// How often a call is sent in all.
    package let attempts: Int
    let random: @Sendable () -> Double
    /// How this process waits; throws when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// What all attempts of one call have in common: a UUID.
    let invocationID: @Sendable () -> String

    package static let longestWait = Duration.seconds(20)
    package static let standardAttempts = 3
    /// How far a wait is drawn out to meet `x-amz-retry-after`.
    package static let longestExtension = Duration.seconds(5)

    /// - Parameters:
    ///   - random: 0...1.
    ///   - sleep: Throws when the task is cancelled.
    package init(
        attempts: Int = RetryPolicy.standardAttempts, mode: Mode = .standard,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        invocationID: @escaping @Sendable () -> String = RetryPolicy.randomID
    ) {
        self.attempts = max(1, attempts)
        self.mode = mode
        self.random = random
        self.sleep = sleep
        self.invocationID = invocationID
    }

    /// Reads what `AWS_RETRY_MODE` and `AWS_MAX_ATTEMPTS` say, or `retry_mode` and `max_attempts` of a
    /// profile; absent and empty are the same. `legacy`, an older mode of the aws command, is taken for
    /// `standard`.
    ///
    /// - Throws: A configuration failure that names the variable.
    package init(mode: String?, attempts: String?) throws(AWSFailure) {
        var count = Self.standardAttempts
        if let attempts, !attempts.isEmpty {
            guard let number = Int(attempts), number > 0 else {
                throw AWSFailure(configuration: "AWS_MAX_ATTEMPTS is not a positive number")
            }
            count = number
        }
        switch mode?.lowercased() ?? "" {
        case "", "standard", "legacy": self.init(attempts: count)
        case "adaptive": self.init(attempts: count, mode: .adaptive)
        default: throw AWSFailure(configuration: "AWS_RETRY_MODE is neither standard nor adaptive")
        }
    }

    package static let never = RetryPolicy(attempts: 1)

    /// - Parameter attempt: The one that failed, counted from 1.
    /// - Returns: `nil` when the service wants to be left alone for longer than this policy waits.
    func wait(after attempt: Int, _ failure: AWSFailure) -> Duration? {
        let doublings = min(attempt - 1, 10)
        let wait = min(.seconds(1 << doublings), Self.longestWait) * random()
        switch failure.requestedPause {
        case nil: return wait
        case .advised(let pause): return max(wait, min(pause, wait + Self.longestExtension))
        case .demanded(let pause): return pause <= Self.longestWait ? max(wait, pause) : nil
        }
    }

    package static let randomID: @Sendable () -> String = {
        var generator = SystemRandomNumberGenerator()
        return UUID(using: &generator).description
    }
}
