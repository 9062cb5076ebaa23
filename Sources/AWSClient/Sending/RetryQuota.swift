/// Lets a client retry often when failures are rare, and hardly at all when everything fails, so that a
/// service in trouble is not asked three times as much.
///
/// Source of the numbers: botocore's `retries/quota.py` and `retries/standard.py`.
actor RetryQuota {
    static let capacity = 500
    static let cost = 5
    static let timeoutCost = 10
    /// What a call brings in that succeeds at once.
    static let reward = 1

    private var tokens = RetryQuota.capacity

    /// - Returns: What the retry costs, to be handed back when it succeeds; `nil` when it is not allowed.
    func withdraw(for failure: AWSFailure) -> Int? {
        let cost = if case .transport(.timedOut) = failure.kind { Self.timeoutCost } else { Self.cost }
        guard tokens >= cost else { return nil }
        tokens -= cost
        return cost
    }

    func deposit(_ amount: Int) {
        tokens = min(Self.capacity, tokens + amount)
    }
}
