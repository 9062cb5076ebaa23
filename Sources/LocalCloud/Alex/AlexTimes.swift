/// How long functions may run, hold their work and have it hidden: timeout < lease <= visibility.
///
/// A test makes them small to see what happens after a crash without waiting a quarter of an hour.
package struct AlexTimes: Sendable, Equatable {
    package var plannerTimeout: Duration
    package var sectionTimeout: Duration
    package var plannerLeaseSeconds: Int
    package var sectionLeaseSeconds: Int
    package var visibilitySeconds: Int
    package var maximumReceives: Int

    package static let deployed = AlexTimes(
        plannerTimeout: DeployedFunction.planner.timeout, sectionTimeout: DeployedFunction.reporter.timeout,
        plannerLeaseSeconds: 905, sectionLeaseSeconds: 305, visibilitySeconds: 910, maximumReceives: 3)

    package init(
        plannerTimeout: Duration, sectionTimeout: Duration, plannerLeaseSeconds: Int,
        sectionLeaseSeconds: Int,
        visibilitySeconds: Int, maximumReceives: Int
    ) {
        self.plannerTimeout = plannerTimeout
        self.sectionTimeout = sectionTimeout
        self.plannerLeaseSeconds = plannerLeaseSeconds
        self.sectionLeaseSeconds = sectionLeaseSeconds
        self.visibilitySeconds = visibilitySeconds
        self.maximumReceives = maximumReceives
    }

    /// A message is hidden from when it is received, a job is held from when the planner has claimed it: a
    /// cold start later.
    package static let claimDelaySeconds = 5

    /// Whether nobody can take up work that somebody still does, and a message that comes back finds its job
    /// free: otherwise that delivery is lost, and they are counted.
    package var isSound: Bool {
        plannerTimeout < .seconds(plannerLeaseSeconds) && sectionTimeout < .seconds(sectionLeaseSeconds)
            && max(plannerLeaseSeconds, sectionLeaseSeconds) + Self.claimDelaySeconds <= visibilitySeconds
    }

    func timeout(of function: DeployedFunction) -> Duration {
        switch function {
        case .planner: plannerTimeout
        case .api: function.timeout
        default: sectionTimeout
        }
    }
}
