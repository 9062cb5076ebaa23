import Finance
import Testing

@Suite struct TerminalWealthTests {
    private static let levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]

    @Test(arguments: [
        (
            0.07, 0.18, 30,
            [111_199.17, 155_048.45, 270_206.94, 500_863.63, 928_415.77, 1_617_974.14, 2_255_991.53],
            761_225.50, 0.039130
        ),
        (
            0.07, 0.18, 1,
            [80_166.00, 85_181.97, 94_273.56, 105_517.38, 118_102.22, 130_707.43, 138_885.77], 107_000.00,
            0.373920
        ),
        (
            0.05, 0.10, 20,
            [120_504.60, 140_622.02, 182_007.98, 242_421.85, 322_888.90, 417_917.16, 487_685.56], 265_329.77,
            0.018591
        ),
    ])
    func `100,000 dollars become so much`(
        _ mean: Double, _ deviation: Double, _ years: Int, _ quantiles: [Double], _ expected: Double,
        _ lossProbability: Double
    ) throws {
        let wealth = try TerminalWealth(
            ReturnAssumption(meanFraction: mean, deviationFraction: deviation), years: years)
        for (level, quantile) in zip(Self.levels, quantiles) {
            #expect(wealth.growth(at: level).map { $0 * 100_000 }.isNear(quantile, within: 0.005))
        }
        #expect(wealth.moments(balance: 100_000).mean.isNear(expected, within: 0.005))
        #expect(abs(wealth.probability(upToGrowth: 1) - lossProbability) < 5e-7)
    }

    @Test func `the moments with contributions are known, at either end of the year`() throws {
        let wealth = try TerminalWealth(
            ReturnAssumption(meanFraction: 0.07, deviationFraction: 0.18), years: 20)
        let late = wealth.moments(balance: 100_000, contribution: 10_000)
        #expect(late.mean.isNear(796_923.37, within: 0.005))
        #expect(late.deviation.isNear(535_523.70, within: 0.005))
        let early = wealth.moments(balance: 100_000, contribution: 10_000, timing: .startOfYear)
        #expect(early.mean.isNear(825_620.2140857916, within: 1e-6))
        #expect(early.deviation.isNear(568_356.6437591201, within: 1e-6))
    }

    @Test func `the deviation without flows is the lognormal one`() throws {
        let wealth = try TerminalWealth(
            ReturnAssumption(meanFraction: 0.05, deviationFraction: 0.1), years: 20)
        // E[G^2] = ((1 + m)^2 + s^2)^n
        var square = 1.0
        for _ in 0..<20 { square *= 1.05 * 1.05 + 0.01 }
        let mean = 2.653297705144422
        #expect(
            wealth.moments(balance: 1).deviation.isNear((square - mean * mean).squareRoot(), within: 1e-10))
    }

    @Test func `without deviation every quantile is the same and twice the money gives twice the money`()
        throws
    {
        let certain = try TerminalWealth(
            ReturnAssumption(meanFraction: 0.07, deviationFraction: 0), years: 20)
        #expect(certain.growth(at: 0.01) == certain.growth(at: 0.99))
        #expect(certain.moments(balance: 1).deviation == .value(0))
        #expect(certain.probability(upToGrowth: 3.8) == 0)
        #expect(certain.probability(upToGrowth: 3.9) == 1)
        let risky = try TerminalWealth(
            ReturnAssumption(meanFraction: 0.07, deviationFraction: 0.18), years: 20)
        let once = risky.moments(balance: 5, contribution: 1)
        let twice = risky.moments(balance: 10, contribution: 2)
        #expect(twice.mean.isNear(2 * (try #require(once.mean.value)), within: 1e-12))
        #expect(twice.deviation.isNear(2 * (try #require(once.deviation.value)), within: 1e-12))
    }

    @Test func `what is out of range is refused or not defined`() throws {
        #expect(throws: MetricFailure.self) {
            try TerminalWealth(ReturnAssumption(meanFraction: -1, deviationFraction: 0.1), years: 20)
        }
        let assumption = ReturnAssumption(meanFraction: 0.07, deviationFraction: 0.18)
        #expect(throws: MetricFailure.self) { try TerminalWealth(assumption, years: 1001) }
        #expect(try TerminalWealth(assumption, years: 1).growth(at: 1) == .notDefined(.noShape))
    }
}

@Suite struct LifetimeRuinTests {
    @Test func `the published example is reproduced`() throws {
        let ruin = try LifetimeRuin(driftFraction: 0.07, volatilityFraction: 0.2, medianLifeYears: 28.1)
        #expect(abs(ruin.shape - 2.690724) < 1e-6)
        #expect(abs(ruin.scale - 0.0323336) < 1e-7)
        #expect(ruin.probability(spendingFraction: 0.05).isNear(0.26785503502422264, within: 1e-10))
    }

    @Test(arguments: [
        (0.07, 0.2, [0.300014, 0.450584, 0.584120, 0.693781]),
        (0.05, 0.1, [0.152763, 0.407453, 0.667180, 0.844972]),
    ])
    func `endless spending of 3 to 6 percent`(_ drift: Double, _ volatility: Double, _ expected: [Double])
        throws
    {
        let ruin = try LifetimeRuin(
            driftFraction: drift, volatilityFraction: volatility, medianLifeYears: nil)
        for (spending, probability) in zip([0.03, 0.04, 0.05, 0.06], expected) {
            #expect(ruin.probability(spendingFraction: spending).isNear(probability, within: 5e-7))
        }
    }

    /// Drift, volatility, median life, spending; from SciPy's gamma distribution.
    @Test(arguments: [
        (0.05, 0.1, 15.0, 0.06, 0.1585234908578935), (0.03, 0.01, nil, 0.029, 0.22034579345231609),
    ])
    func `other parameters`(
        _ drift: Double, _ volatility: Double, _ life: Double?, _ spending: Double, _ expected: Double
    ) throws {
        let ruin = try LifetimeRuin(
            driftFraction: drift, volatilityFraction: volatility, medianLifeYears: life)
        #expect(ruin.probability(spendingFraction: spending).isNear(expected, within: 1e-10))
    }

    @Test func `ruin never falls with more spending or a longer life`() throws {
        var last = 0.0
        for percent in 0...30 {
            let ruin = try LifetimeRuin(driftFraction: 0.05, volatilityFraction: 0.15, medianLifeYears: 20)
            let next = try #require(ruin.probability(spendingFraction: Double(percent) / 100).value)
            #expect(next >= last)
            last = next
        }
        last = 0
        for life in stride(from: 5.0, through: 60, by: 5) {
            let ruin = try LifetimeRuin(driftFraction: 0.05, volatilityFraction: 0.15, medianLifeYears: life)
            let next = try #require(ruin.probability(spendingFraction: 0.05).value)
            #expect(next >= last)
            last = next
        }
    }

    @Test func `the ends of the range`() throws {
        let doomed = try LifetimeRuin(driftFraction: 0.01, volatilityFraction: 0.2, medianLifeYears: nil)
        #expect(doomed.probability(spendingFraction: 0.001) == .value(1))
        #expect(doomed.probability(spendingFraction: 0) == .value(0))
        let certain = try LifetimeRuin(driftFraction: 0.03, volatilityFraction: 0, medianLifeYears: nil)
        #expect(certain.probability(spendingFraction: 0.03) == .value(0))
        #expect(certain.probability(spendingFraction: 0.031) == .value(1))
        let shapeless = try LifetimeRuin(driftFraction: -0.9, volatilityFraction: 0.2, medianLifeYears: 30)
        #expect(shapeless.probability(spendingFraction: 0.04) == .notDefined(.noShape))
    }

    @Test func `parameters out of range are refused`() {
        #expect(throws: MetricFailure.self) {
            try LifetimeRuin(driftFraction: .nan, volatilityFraction: 0.2, medianLifeYears: 20)
        }
        #expect(throws: MetricFailure.self) {
            try LifetimeRuin(driftFraction: 0.05, volatilityFraction: -0.1, medianLifeYears: 20)
        }
        #expect(throws: MetricFailure.self) {
            try LifetimeRuin(driftFraction: 0.05, volatilityFraction: 0.2, medianLifeYears: 0)
        }
    }
}

@Suite struct SustainableRateTests {
    private static let returns = [0.1, -0.2, 0.15, 0.07, -0.05]
    private static let inflation = [0.03, 0.02, 0.05, 0.01, 0.04]

    /// By bisection on the balance, year by year.
    @Test(arguments: [
        (PaymentTiming.startOfYear, true, 0.0, 0.19050515374990737),
        (.startOfYear, true, 0.5, 0.08321243589245822),
        (.startOfYear, false, 0, 0.20173108235495762), (.startOfYear, false, 0.5, 0.10367942756659522),
        (.endOfYear, true, 0, 0.18602560473517635), (.endOfYear, true, 0.5, 0.08125577394458894),
        (.endOfYear, false, 0, 0.20287280440100927), (.endOfYear, false, 0.5, 0.10426621412815507),
    ])
    func `the closed form agrees with bisection`(
        _ timing: PaymentTiming, _ isReal: Bool, _ final: Double, _ expected: Double
    ) throws {
        let rate = try SustainableRate(
            returns: Self.returns, inflation: isReal ? Self.inflation : nil, timing: timing,
            finalFraction: final)
        #expect(rate.fraction.isNear(expected))
    }

    @Test func `constant returns give the annuity`() throws {
        let rate = try SustainableRate(
            returns: [Double](repeating: 0.04, count: 30), timing: .endOfYear)
        #expect(rate.fraction.isNear(0.0578301, within: 5e-9))
    }

    @Test func `with the start as the target only the gains can be spent`() throws {
        let rate = try SustainableRate(
            returns: [Double](repeating: 0.04, count: 30), timing: .endOfYear, finalFraction: 1)
        #expect(rate.fraction.isNear(0.04))
    }

    @Test func `after a total loss nothing lasts, unless it comes when all has been paid`() throws {
        #expect(try SustainableRate(returns: [0.1, -1, 0.1], timing: .startOfYear).fraction == .value(0))
        #expect(try SustainableRate(returns: [0, -1], timing: .startOfYear).fraction == .value(0.5))
        #expect(try SustainableRate(returns: [0, -1], timing: .endOfYear).fraction == .value(0))
    }

    @Test func `a target that even thrift misses has no rate`() throws {
        let rate = try SustainableRate(returns: [-0.5], timing: .endOfYear, finalFraction: 0.6)
        #expect(rate.fraction == .notDefined(.targetOutOfReach))
        let lost = try SustainableRate(returns: [-1], timing: .startOfYear, finalFraction: 0.1)
        #expect(lost.fraction == .notDefined(.targetOutOfReach))
    }

    @Test func `series that do not fit are refused`() {
        #expect(throws: MetricFailure.periodEmpty) { try SustainableRate(returns: [], timing: .endOfYear) }
        #expect(throws: MetricFailure.returnOutOfRange(index: 0)) {
            try SustainableRate(returns: [-1.5], timing: .endOfYear)
        }
        #expect(throws: MetricFailure.self) {
            try SustainableRate(returns: [0.1, 0.1], inflation: [0.02], timing: .endOfYear)
        }
        #expect(throws: MetricFailure.self) {
            try SustainableRate(returns: [0.1], timing: .endOfYear, finalFraction: -0.1)
        }
    }
}
