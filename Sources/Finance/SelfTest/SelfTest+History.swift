import Quantities

extension SelfTest {
    /// The yearly series, and withdrawal studies that were published over one like it.
    static func historyCases() throws -> [SelfTestCase] {
        try seriesCases() + trinityCases() + sustainableCases()
    }

    /// Means of the shipped series against those of the source and of its later edition.
    private static func seriesCases() throws -> [SelfTestCase] {
        let history = try HistoricalReturns.unitedStates()
        let means = SelfTestGroup(
            group: "History", source: "A. Damodaran, yearly returns 1928-2024, geometric means",
            unit: "percent", tolerance: lastDigit(3))
        // The published means go one year further, to 2025: a year of 20 percent moves a mean of 97 years by
        // 0.2 points.
        let longer = SelfTestGroup(
            group: "History", source: "A. Damodaran 1928-2025; the series ends in 2024", unit: "percent",
            tolerance: 0.15)
        let real: [(HistoricalSeries, Double, Double)] = [
            (.stocks, 8.61, 6.78), (.bonds, 1.83, 1.45), (.bills, 0.40, 0.33),
        ]
        return [
            means.test("stocks 1928-2024, compound", 9.941, history.compoundFraction(of: .stocks) * 100),
            means.test("bills 1928-2024, compound", 3.314, history.compoundFraction(of: .bills) * 100),
            means.test("bonds 1928-2024, compound", 4.501, history.compoundFraction(of: .bonds) * 100),
            means.test("inflation 1928-2024, compound", 3.037, history.compoundInflationFraction * 100),
        ]
            + real.flatMap { series, mean, compound in
                [
                    longer.test(
                        "\(series.rawValue), real mean", mean,
                        history.meanFraction(of: series, isReal: true) * 100),
                    longer.test(
                        "\(series.rawValue), real compound", compound,
                        history.compoundFraction(of: series, isReal: true) * 100),
                ]
            }
    }

    /// Share of the 30-year windows that pay. The published ones begin in 1926 (41 windows, here 39), pay
    /// monthly and hold long corporate bonds (here Treasury bonds of ten years): one window is 2.6 points.
    private static func trinityCases() throws -> [SelfTestCase] {
        let nominal = SelfTestGroup(
            group: "History", source: "Cooley, Hubbard, Walz 1998 (Trinity), 1926-1995, table 1, nominal",
            unit: "percent", tolerance: 6)
        let real = SelfTestGroup(
            group: "History", source: "Cooley, Hubbard, Walz 1998 (Trinity), 1926-1995, inflation-adjusted",
            unit: "percent", tolerance: 3)
        let table: [(Double, [Double])] = [
            (1, [100, 98, 95, 90, 85]), (0.75, [100, 100, 98, 95, 88]), (0.5, [100, 100, 100, 98, 90]),
        ]
        var cases: [SelfTestCase] = []
        for (stocks, percents) in table {
            for (rate, percent) in zip(3...7, percents) {
                cases.append(
                    nominal.test(
                        "\(Int(stocks * 100)) % stocks, \(rate) % a year for 30 years", percent,
                        try windows(stocks: stocks, rate: rate, isReal: false).successFraction * 100))
            }
        }
        for (stocks, percent) in [(1, 95), (0.75, 98), (0.5, 95)] as [(Double, Double)] {
            cases.append(
                real.test(
                    "\(Int(stocks * 100)) % stocks, 4 % and inflation for 30 years", percent,
                    try windows(stocks: stocks, rate: 4, isReal: true).successFraction * 100))
        }
        return cases
    }

    private static func windows(stocks: Double, rate: Int, isReal: Bool) throws -> HistoricalOutcome {
        let market = HistoricalMarket(try HistoricalReturns.unitedStates().years(from: 1928, to: 1995))
        let weights = [AssetClass.equity: stocks, .fixedIncome: 1 - stocks]
        return try HistoricalOutcome(
            growth: isReal ? market.realGrowth(of: weights) : market.nominalGrowth(of: weights),
            firstYear: 1928, rateFraction: Double(rate) / 100, years: 30, timing: .endOfYear)
    }

    /// In a world of constant growth the sustainable rate is an annuity.
    private static func sustainableCases() throws -> [SelfTestCase] {
        let annuity = SelfTestGroup(
            group: "History", source: "annuity of a million over 30 years", unit: "USD",
            tolerance: lastDigit(2))
        func income(_ rate: Double, _ timing: RetirementPlan.WithdrawalTiming) throws -> Double {
            try HistoricalOutcome(
                growth: [Double](repeating: 1 + rate, count: 30), firstYear: 2000, rateFraction: 0, years: 30,
                timing: timing
            ).worst.sustainableRateFraction * 1_000_000
        }
        return [
            annuity.test("sustainable at 4 %, year end", 57_830.10, try income(0.04, .endOfYear)),
            annuity.test("sustainable at 4 %, year start", 55_605.86, try income(0.04, .startOfYear)),
            annuity.test("sustainable at 3 %, year end", 51_019.26, try income(0.03, .endOfYear)),
        ]
    }
}
