#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How many requests a second a client sends in adaptive mode: it slows down when it is throttled and then
/// feels its way back, like TCP's CUBIC. Free until the first throttling.
///
/// Times are seconds on any clock that does not go back. Source: AWS's retry specification; the names here,
/// the numbers there.
package struct SendingRate: Sendable {
    /// Tokens a second, a token a request.
    package private(set) var tokensPerSecond = 0.0
    /// Answers a second, smoothed; 0 until the first half second is over.
    package private(set) var measuredPerSecond = 0.0

    private var curve: CubicCurve
    private var isLimiting = false
    private var tokens = 0.0
    private var capacity = 1.0
    private var refilled: Double?
    private var answers = 0.0
    private var bucket: Double

    static let leastPerSecond = 0.5
    static let smoothing = 0.8
    static let bucketsPerSecond = 2.0
    /// Of the measured rate, what the rate may grow to.
    static let greatestGrowth = 2.0

    package init(now: Double) {
        curve = CubicCurve(rateAtThrottling: 0, throttled: now)
        bucket = now.rounded(.down)
    }

    /// Takes a token, one that has still to come if there is no other.
    ///
    /// - Returns: After how many seconds it is there; `nil` when that is too late, and then none is taken.
    package mutating func take(now: Double, within limit: Double?) -> Double? {
        guard isLimiting else { return 0 }
        refill(now)
        let wait = max(0, (1 - tokens) / tokensPerSecond)
        if let limit, wait >= limit { return nil }
        tokens -= 1
        return wait
    }

    /// Learns from an answer, or from none: whatever is no throttling speaks for going faster.
    package mutating func learn(isThrottling: Bool, now: Double) {
        measure(now)
        var rate: Double
        if isThrottling {
            rate = isLimiting ? min(measuredPerSecond, tokensPerSecond) : measuredPerSecond
            rate = curve.throttle(at: rate, now: now)
            isLimiting = true
        } else {
            rate = curve.rate(now: now)
        }
        setRate(min(rate, Self.greatestGrowth * measuredPerSecond), now)
    }

    private mutating func measure(_ now: Double) {
        let current = (now * Self.bucketsPerSecond).rounded(.down) / Self.bucketsPerSecond
        answers += 1
        guard current > bucket else { return }
        let rate = answers / (current - bucket)
        measuredPerSecond = rate * Self.smoothing + measuredPerSecond * (1 - Self.smoothing)
        answers = 0
        bucket = current
    }

    private mutating func setRate(_ rate: Double, _ now: Double) {
        // What has come until now came at the old rate.
        refill(now)
        tokensPerSecond = max(rate, Self.leastPerSecond)
        capacity = max(rate, 1)
        tokens = min(tokens, capacity)
    }

    private mutating func refill(_ now: Double) {
        if let refilled { tokens = min(capacity, tokens + (now - refilled) * tokensPerSecond) }
        refilled = now
    }
}

/// The rate as a cubic function of the time since the last throttling: steep away from the rate at which that
/// came, flat around it.
package struct CubicCurve: Sendable {
    private var rateAtThrottling: Double
    private var throttled: Double

    static let scale = 0.4
    /// What is left of the rate after a throttling.
    static let beta = 0.7

    package init(rateAtThrottling: Double, throttled: Double) {
        self.rateAtThrottling = rateAtThrottling
        self.throttled = throttled
    }

    /// Requests a second.
    package func rate(now: Double) -> Double {
        let secondsToPlateau = cbrt(rateAtThrottling * (1 - Self.beta) / Self.scale)
        let seconds = now - throttled - secondsToPlateau
        return Self.scale * seconds * seconds * seconds + rateAtThrottling
    }

    /// - Returns: The rate to go on with.
    package mutating func throttle(at rate: Double, now: Double) -> Double {
        rateAtThrottling = rate
        throttled = now
        return rate * Self.beta
    }
}

/// The sending rate of one client, shared by its calls.
actor RateLimiter {
    private var rate: SendingRate
    private let start: ContinuousClock.Instant

    init(_ start: ContinuousClock.Instant) {
        self.start = start
        rate = SendingRate(now: 0)
    }

    /// - Returns: How long to wait before sending; `nil` when that is not before the deadline.
    func take(_ now: ContinuousClock.Instant, deadline: ContinuousClock.Instant?) -> Duration? {
        let limit = deadline.map { Self.seconds(now.duration(to: $0)) }
        return rate.take(now: Self.seconds(start.duration(to: now)), within: limit).map { .seconds($0) }
    }

    func learn(isThrottling: Bool, _ now: ContinuousClock.Instant) {
        rate.learn(isThrottling: isThrottling, now: Self.seconds(start.duration(to: now)))
    }

    private static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
