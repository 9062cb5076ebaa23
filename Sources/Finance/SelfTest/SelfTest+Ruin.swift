extension SelfTest {
    /// Ruin with a lifetime of random length, and with none.
    static func ruinCases() throws -> [SelfTestCase] {
        let group = "Ruin"
        let published = SelfTestGroup(
            group: group, source: "Milevsky and Robinson, Financial Analysts Journal 61(6), 2005",
            unit: "percent", tolerance: lastDigit(1))
        let parameters = SelfTestGroup(
            group: group, source: "Milevsky and Robinson, the formula", unit: "", tolerance: lastDigit(6))
        let endless = SelfTestGroup(
            group: group, source: "Milevsky and Robinson, lambda = 0", unit: "percent",
            tolerance: lastDigit(4))
        let example = try LifetimeRuin(
            driftFraction: 0.07, volatilityFraction: 0.2, medianLifeYears: 28.1)
        let probability = example.probability(spendingFraction: 0.05).value
        var cases = [
            published.test("7/20 %, median life 28.1, spending 5 %", 26.8, probability.map { $0 * 100 }),
            parameters.test("the same, as a fraction", 0.267855, probability),
            parameters.test("the same, shape", 2.690724, example.shape),
            parameters.test("the same, scale", 0.032334, example.scale),
        ]
        let rows = [
            (0.07, 0.2, [30.0014, 45.0584, 58.4120, 69.3781]),
            (0.05, 0.1, [15.2763, 40.7453, 66.7180, 84.4972]),
        ]
        for (drift, volatility, expected) in rows {
            let ruin = try LifetimeRuin(
                driftFraction: drift, volatilityFraction: volatility, medianLifeYears: nil)
            for (spending, expected) in zip(3...6, expected) {
                let got = ruin.probability(spendingFraction: Double(spending) / 100).value
                cases.append(
                    endless.test(
                        "\(Int(drift * 100))/\(Int(volatility * 100)) %, endless, spending \(spending) %",
                        expected, got.map { $0 * 100 }))
            }
        }
        return cases
    }
}
