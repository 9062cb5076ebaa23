import LocalCloud

extension AlexTimes {
    /// Sound, and as small as an analysis allows: what a crash leaves behind is taken up after 26 seconds.
    static let small = AlexTimes(
        plannerTimeout: .seconds(20), sectionTimeout: .seconds(15), plannerLeaseSeconds: 21,
        sectionLeaseSeconds: 16, visibilitySeconds: 26, maximumReceives: 2)
}
