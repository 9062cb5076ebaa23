import AWSClient
import Testing

/// The test cases of AWS's retry specification, as the SDK for Kotlin (Apache-2.0) carries them in
/// `AdaptiveRetryTestCases`.
@Suite struct SendingRateTests {
    private func isNear(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) < 0.000_001 }

    @Test func `without throttling the rate is a cubic curve`() {
        let curve = CubicCurve(rateAtThrottling: 10, throttled: 5)
        let rates = [
            7.0, 9.64893600966, 10.000030849917364, 10.453284520772092, 13.408697022224185,
            21.26626835427364, 36.425998516920465,
        ]
        for (second, rate) in rates.enumerated() {
            #expect(isNear(curve.rate(now: 5 + Double(second)), rate))
        }
    }

    @Test func `each throttling begins another curve`() {
        var curve = CubicCurve(rateAtThrottling: 10, throttled: 5)
        var rate = 0.0
        let cases: [(isThrottling: Bool, rate: Double)] = [
            (false, 7), (false, 9.64893600966), (true, 6.754255206761999), (true, 4.727978644733399),
            (false, 6.606547753887045), (false, 6.763279816944947), (false, 7.598174833907107),
            (false, 11.511232804773524),
        ]
        for (second, expected) in cases.enumerated() {
            let now = 5 + Double(second)
            rate = expected.isThrottling ? curve.throttle(at: rate, now: now) : curve.rate(now: now)
            #expect(isNear(rate, expected.rate))
        }
    }

    @Test func `the rate follows what was measured and what was throttled`() {
        var rate = SendingRate(now: 0)
        let cases: [(measured: Double, rate: Double)] = [
            (0, 0.5), (0, 0.5), (4.8, 0.5), (4.8, 0.5), (4.16, 0.5), (4.16, 0.6912), (4.16, 1.0976),
            (5.632, 1.6384), (5.632, 2.3328), (4.3264, 3.02848), (4.3264, 3.486639), (4.3264, 3.821874),
            (5.66528, 4.053386), (5.66528, 4.200373), (4.333056, 4.282037), (4.333056, 2.997426),
            (4.333056, 3.452226),
        ]
        for (index, expected) in cases.enumerated() {
            let now = Double(index + 1) / 5
            rate.learn(isThrottling: index == 9 || index == 15, now: now)
            #expect(isNear(rate.measuredPerSecond, expected.measured), "measured at \(now)")
            #expect(isNear(rate.tokensPerSecond, expected.rate), "rate at \(now)")
        }
    }

    @Test func `before the first throttling nobody waits`() {
        var rate = SendingRate(now: 0)
        for _ in 0..<1000 { #expect(rate.take(now: 0, within: nil) == 0) }
    }

    @Test func `then everybody waits for a turn of his own`() {
        var rate = SendingRate(now: 0)
        rate.learn(isThrottling: true, now: 0)
        // Half a token a second is the least there is.
        #expect(rate.take(now: 0, within: nil) == 2)
        #expect(rate.take(now: 0, within: nil) == 4)
        #expect(rate.take(now: 0, within: 6) == nil)
        #expect(rate.take(now: 1, within: 5.5) == 5)
    }
}
