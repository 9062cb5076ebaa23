import LocalCloud
import Testing

@Suite struct AlexTimesTests {
    @Test func `the deployed times are sound`() {
        #expect(AlexTimes.deployed.isSound)
    }

    @Test func `a lease that ends with its function, or after its message comes back, is not sound`() {
        var times = AlexTimes.deployed
        times.plannerLeaseSeconds = 900
        #expect(!times.isSound)
        times = .deployed
        times.sectionLeaseSeconds = 300
        #expect(!times.isSound)
        times = .deployed
        times.visibilitySeconds = times.plannerLeaseSeconds
        #expect(!times.isSound)
    }
}
