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

    /// Whether nobody can take up work that somebody still does, and nothing is taken up later than need be.
    package var isSound: Bool {
        plannerTimeout < .seconds(plannerLeaseSeconds) && sectionTimeout < .seconds(sectionLeaseSeconds)
            && plannerLeaseSeconds <= visibilitySeconds && sectionLeaseSeconds <= visibilitySeconds
    }

    func timeout(of function: DeployedFunction) -> Duration {
        switch function {
        case .planner: plannerTimeout
        case .api: function.timeout
        default: sectionTimeout
        }
    }
}
