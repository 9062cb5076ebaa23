import Finance
import Quantities
import Testing

@Suite struct AnnuityTests {
    private func decimal(_ text: String) throws -> Decimal { try #require(Decimal(text)) }

    @Test(arguments: [
        (0.04, PaymentTiming.endOfYear, "57830.10"), (0.04, .startOfYear, "55605.86"),
        (0.03, .endOfYear, "51019.26"), (0, .endOfYear, "33333.33"), (0, .startOfYear, "33333.33"),
    ])
    func `a million over thirty years pays so much`(
        _ rate: Double, _ timing: PaymentTiming, _ expected: String
    ) throws {
        let payment = try Annuity(rateFraction: rate, timing: timing).paymentUSD(from: 1_000_000, years: 30)
        #expect(payment == (try decimal(expected)))
    }

    @Test func `what is to be left at the end is not paid out`() throws {
        let annuity = try Annuity(rateFraction: 0.04, timing: .endOfYear)
        // With the whole balance left, only the interest is paid.
        #expect(try annuity.paymentUSD(from: 1_000_000, years: 30, leavingUSD: 1_000_000) == 40_000)
        #expect(try annuity.paymentUSD(from: 1_000_000, years: 0) == nil)
    }

    @Test func `sixty thousand a year from a million last so long`() throws {
        let multiple = 1_000_000.0 / 60_000
        let years = try Annuity(rateFraction: 0.04, timing: .endOfYear).yearsLasted(multiple: multiple)
        #expect(years.isNear(28.0110, within: 0.00005))
        let idle = try Annuity(rateFraction: 0, timing: .endOfYear).yearsLasted(multiple: multiple)
        #expect(idle.isNear(16.6667, within: 0.00005))
        let forever = try Annuity(rateFraction: 0.06, timing: .endOfYear).yearsLasted(multiple: multiple)
        #expect(forever == .notDefined(.spendingForever))
    }

    @Test func `growing payments are worth so much`() throws {
        let annuity = try Annuity(rateFraction: 0.04, growthFraction: 0.03, timing: .endOfYear)
        #expect(try annuity.presentValueUSD(ofFirst: 40_000, years: 30) == decimal("1006518.67"))
    }

    @Test func `savings grow to so much`() throws {
        let savings = try Annuity(rateFraction: 0.07, timing: .endOfYear)
        #expect(try savings.futureValueUSD(of: 100_000, payments: 10_000, years: 20) == decimal("796923.37"))
    }

    @Test func `seven percent with three percent inflation is not four`() {
        #expect(abs(Annuity.realRate(nominal: 0.07, inflation: 0.03) * 100 - 3.883495) < 1e-6)
    }

    @Test func `payments that grow like money are worth as many as they are`() throws {
        let annuity = try Annuity(rateFraction: 0.05, growthFraction: 0.05, timing: .startOfYear)
        #expect(try annuity.presentValue(years: 12) == 12)
        #expect(annuity.yearsLasted(multiple: 12) == .value(12))
    }

    @Test(arguments: PaymentTiming.allCases, [-0.5, -0.02, 0.000001, 0.04, 0.9])
    func `the closed form is the sum of the payments`(_ timing: PaymentTiming, _ rate: Double) throws {
        let annuity = try Annuity(rateFraction: rate, growthFraction: 0.02, timing: timing)
        var (sum, payment, discount) = (0.0, 1.0, 1.0)
        for _ in 0..<25 {
            if timing == .startOfYear { sum += payment * discount }
            discount /= 1 + rate
            if timing == .endOfYear { sum += payment * discount }
            payment *= 1.02
        }
        let value = try annuity.presentValue(years: 25)
        #expect(abs(value / sum - 1) < 1e-12)
        #expect(abs(try annuity.futureValue(years: 25) * discount / sum - 1) < 1e-12)
        #expect(annuity.yearsLasted(multiple: value).isNear(25, within: 1e-8))
    }

    @Test func `extremes over a thousand years stay numbers`() throws {
        let melting = try Annuity(rateFraction: -0.99, timing: .endOfYear)
        #expect(try melting.paymentUSD(from: 1_000_000, years: 1000) == 0)
        #expect(abs(try melting.futureValue(years: 1000) - 1 / 0.99) < 1e-12)
        let level = try Annuity(rateFraction: 0.05, growthFraction: 0.05, timing: .endOfYear)
        #expect(abs(try level.futureValue(years: 2) - 2.1) < 1e-14)
    }

    @Test func `rates and years out of range are refused`() throws {
        #expect(throws: MetricFailure.self) { try Annuity(rateFraction: -1, timing: .endOfYear) }
        #expect(throws: MetricFailure.self) {
            try Annuity(rateFraction: 0, growthFraction: .nan, timing: .endOfYear)
        }
        let annuity = try Annuity(rateFraction: 0.04, timing: .endOfYear)
        #expect(throws: MetricFailure.self) { try annuity.presentValue(years: 1001) }
        #expect(throws: MetricFailure.self) { try annuity.presentValue(years: -1) }
    }
}
