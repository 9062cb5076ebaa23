extension SelfTest {
    /// Arithmetic and compound rates, which the shortcut `mean - deviation^2 / 2` confuses.
    static func compoundRateCases() throws -> [SelfTestCase] {
        let group = "Arithmetic and compound rates"
        let published = SelfTestGroup(
            group: group, source: "J.P. Morgan long-term assumptions 2023, exact lognormal formula",
            unit: "percent", tolerance: lastDigit(4))
        let garven = SelfTestGroup(
            group: group, source: "Garven, worked example", unit: "percent", tolerance: lastDigit(5))
        let rows = [
            ("inflation, 2.62 / 1.77", 2.62, 1.77, 2.6047), ("cash, 2.40 / 0.50", 2.40, 0.50, 2.3988),
            ("intermediate Treasuries, 3.65 / 3.18", 3.65, 3.18, 3.6013),
            ("long Treasuries, 4.91 / 12.27", 4.91, 12.27, 4.1997),
        ]
        let compound = rows.map { name, mean, deviation, expected in
            published.test(
                "compound rate of " + name, expected,
                ReturnAssumption(meanFraction: mean / 100, deviationFraction: deviation / 100)
                    .compoundFraction * 100)
        }
        let narrow = try ReturnSeries([0.15, 0.2, 0.3, -0.2, 0.25], periodsPerYear: 1)
        let wide = try ReturnSeries([0, 0.2, 0.3, -0.2, 0.4], periodsPerYear: 1)
        return compound + [
            garven.test("arithmetic mean of 15 20 30 -20 25", 14, narrow.mean.value.map { $0 * 100 }),
            garven.test(
                "compound rate of 15 20 30 -20 25", 12.39953, narrow.compoundYearly.value.map { $0 * 100 }),
            garven.test(
                "compound rate of 0 20 30 -20 40", 11.80688, wide.compoundYearly.value.map { $0 * 100 }),
        ]
    }

    /// How two assets, 60/40, with 7/18 and 4/5 percent, spread together.
    static func correlationCases() throws -> [SelfTestCase] {
        let spread = SelfTestGroup(
            group: "Two assets", source: "variance of a sum", unit: "percent", tolerance: lastDigit(4))
        var cases: [SelfTestCase] = []
        for (correlation, expected) in [
            (-0.2, 10.5830), (0, 10.9836), (0.2, 11.3701), (0.6, 12.1062), (1, 12.8),
        ] {
            let mix = try twoAssets(correlation: correlation).portfolio([.equity: 0.6, .fixedIncome: 0.4])
            cases.append(
                spread.test(
                    "deviation with correlation \(correlation)", expected, mix.deviationFraction * 100))
        }
        let lower = try CorrelationMatrix([[1, 0.5], [0.5, 1]]).lower
        let factor = SelfTestGroup(
            group: "Two assets", source: "Cholesky factor of a correlation of one half", unit: "",
            tolerance: lastDigit(7))
        return cases + [
            factor.test("factor, lower left", 0.5, lower[1][0]),
            factor.test("factor, lower right", 0.8660254, lower[1][1]),
        ]
    }
}
