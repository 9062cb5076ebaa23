import Quantities

extension SelfTest {
    /// Returns of portfolios and sustainable withdrawals.
    static func performanceCases() throws -> [SelfTestCase] {
        let group = "Performance"
        let rate = SelfTestGroup(
            group: group, source: "worked example of spreadsheet manuals", unit: "percent",
            tolerance: lastDigit(4))
        let roots = SelfTestGroup(
            group: group, source: "product of known factors", unit: "percent", tolerance: lastDigit(8))
        let ratio = SelfTestGroup(group: group, source: "the definition", unit: "", tolerance: lastDigit(10))
        let manual = InternalRate.rate(of: [
            flow(13_879, -10_000), flow(13_939, 2_750), flow(14_182, 4_250), flow(14_290, 3_250),
            flow(14_335, 2_750),
        ])
        // -1000 (1 - 1.1 v)(1 - 1.3 v) with a year's discount v has two rates, and no one answer.
        let twofold = InternalRate.rate(of: [flow(0, -1000), flow(365, 2400), flow(730, -1430)])
        var rates: [Double] = []
        if case .severalRates(let several) = twofold.gap { rates = several }
        let equal = try Concentration(of: [1, 1, 1, 1])
        let drawdown = try Drawdown(ofValues: [100, 90, 120, 60, 130])
        let annuity = try SustainableRate(
            returns: [Double](repeating: 0.04, count: 30), timing: .endOfYear)
        return [
            rate.test("XIRR of five flows", 37.3363, manual.value.map { $0 * 100 }),
            roots.test("the lower of two rates", 10, rates.first.map { $0 * 100 }),
            roots.test("the higher of two rates", 30, rates.last.map { $0 * 100 }),
            ratio.test("concentration of four equal parts", 0.25, equal.herfindahl),
            ratio.test("deepest fall of 100 90 120 60 130", 0.5, drawdown.depthFraction),
            ratio.test(
                "drift of 70/30 from 60/40", 0.1, try Drift.between(["a": 7, "b": 3], and: ["a": 6, "b": 4])),
            SelfTestCase(
                "sustainable rate of 30 years at 4 %, year end", group: group, source: "annuity formula",
                expected: 5.783010, got: annuity.fraction.value.map { $0 * 100 } ?? .nan,
                tolerance: lastDigit(6), unit: "percent"),
        ]
    }

    private static func flow(_ daysSinceEpoch: Int, _ amountUSD: Decimal) -> InvestorFlow {
        InvestorFlow(day: CalendarDate(daysSinceEpoch: daysSinceEpoch), amountUSD: amountUSD)
    }
}
