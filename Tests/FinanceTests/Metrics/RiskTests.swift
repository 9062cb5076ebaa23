import Finance
import Testing

/// Two years of months, and what NumPy and SciPy make of them.
private let monthly = [
    0.021, -0.035, 0.012, 0.044, -0.018, 0.007, 0.031, -0.052, 0.016, 0.025, -0.009, 0.038, 0.005, -0.021,
    0.047, 0.011, -0.013, 0.029, -0.041, 0.034, 0.018, -0.006, 0.022, 0.013,
]

@Suite struct ReturnSeriesTests {
    private let series: ReturnSeries

    init() throws { series = try ReturnSeries(monthly, periodsPerYear: 12) }

    @Test func `mean, volatility and compound return`() {
        #expect(series.mean.isNear(0.007416666666666666))
        #expect(series.deviation.isNear(0.026805120644265403))
        #expect(series.yearlyVolatility.isNear(0.09285566171776215))
        #expect(series.totalReturn.isNear(0.18424995431852098))
        #expect(series.compoundYearly.isNear(0.08823249093129037))
    }

    @Test func `Sharpe is the arithmetic mean excess over the sample deviation`() throws {
        let riskFree = series.perPeriod(yearly: 0.03)
        #expect(abs(riskFree - 0.0024662697723036864) < 1e-15)
        #expect(series.sharpe(riskFree: riskFree).isNear(0.6397538031974668))
        let each = [Double](repeating: riskFree, count: monthly.count)
        #expect(try series.sharpe(riskFree: each).isNear(0.6397538031974668))
        #expect(throws: MetricFailure.self) { try series.sharpe(riskFree: [0.01]) }
    }

    @Test func `Sortino divides by the downside over all periods`() {
        #expect(series.downsideDeviation(below: 0.002).isNear(0.017645821035021294))
        #expect(series.sortino(target: 0.002).isNear(1.0633613313555965))
    }

    @Test func `Sortino is above Sharpe where the returns lean to the upside`() throws {
        // Around a target below the mean, the downside is a part of the spread.
        #expect(try #require(series.sortino().value) >= #require(series.sharpe().value))
    }

    @Test func `ratios do not change when all returns are scaled`() throws {
        let doubled = try ReturnSeries(monthly.map { 2 * $0 }, periodsPerYear: 12)
        let sharpe = try #require(series.sharpe().value)
        #expect(doubled.sharpe().isNear(sharpe))
        #expect(doubled.sortino().isNear(try #require(series.sortino().value)))
        #expect(doubled.yearlyVolatility.isNear(2 * (try #require(series.yearlyVolatility.value))))
    }

    @Test func `what is not defined says why`() throws {
        let empty = try ReturnSeries([], periodsPerYear: 12)
        let one = try ReturnSeries([0.01], periodsPerYear: 12)
        let same = try ReturnSeries([0.1, 0.1, 0.1], periodsPerYear: 1)
        #expect(empty.mean == .notDefined(.tooFew(count: 0, needed: 1)))
        #expect(empty.sortino() == .notDefined(.tooFew(count: 0, needed: 1)))
        #expect(one.yearlyVolatility == .notDefined(.tooFew(count: 1, needed: 2)))
        #expect(one.sharpe() == .notDefined(.tooFew(count: 1, needed: 2)))
        #expect(one.compoundYearly == .notDefined(.tooFew(count: 1, needed: 12)))
        #expect(same.sharpe() == .notDefined(.noVariation))
        #expect(same.sortino() == .notDefined(.noDownside))
    }

    @Test(arguments: [[Double.nan], [0.1, -1.01], [.infinity]])
    func `what is no return is refused`(_ returns: [Double]) {
        #expect(throws: MetricFailure.returnOutOfRange(index: returns.count - 1)) {
            try ReturnSeries(returns, periodsPerYear: 12)
        }
    }

    @Test(arguments: [0, -1, 367, Double.nan])
    func `what is no frequency is refused`(_ periods: Double) {
        #expect(throws: MetricFailure.periodsPerYearOutOfRange) {
            try ReturnSeries([0.1], periodsPerYear: periods)
        }
    }
}

@Suite struct DrawdownTests {
    @Test func `the deepest fall, where it began, ended and was made up for`() throws {
        let drawdown = Drawdown(of: try ReturnSeries(monthly, periodsPerYear: 12))
        #expect(abs(drawdown.depthFraction - 0.052) < 1e-12)
        #expect(drawdown.peakIndex == 7)
        #expect(drawdown.troughIndex == 8)
        #expect(drawdown.recoveryIndex == 12)
    }

    @Test func `a loss in the first period is a drawdown`() throws {
        let drawdown = Drawdown(of: try ReturnSeries([-0.1, 0.05, 0.02], periodsPerYear: 1))
        #expect(abs(drawdown.depthFraction - 0.1) < 1e-12)
        #expect(drawdown.peakIndex == 0)
        #expect(drawdown.recoveryIndex == nil)
    }

    @Test func `what never falls has none, and everything can be lost`() throws {
        let rising = try Drawdown(ofValues: [1, 1, 2])
        #expect(rising.depthFraction == 0)
        #expect(rising.recoveryIndex == nil)
        #expect(try Drawdown(ofValues: [5, 0]).depthFraction == 1)
    }

    @Test func `the scale of the values does not matter`() throws {
        #expect(try Drawdown(ofValues: [4, 6, 3, 5, 2, 7]) == Drawdown(ofValues: [8, 12, 6, 10, 4, 14]))
    }

    @Test func `values below zero, and a first of zero, are refused`() {
        #expect(throws: MetricFailure.weightOutOfRange) { try Drawdown(ofValues: [1, -1]) }
        #expect(throws: MetricFailure.nothingWeighed) { try Drawdown(ofValues: [0, 1]) }
        #expect(throws: MetricFailure.nothingWeighed) { try Drawdown(ofValues: []) }
    }
}

@Suite struct TailRiskTests {
    private let series: ReturnSeries

    init() throws { series = try ReturnSeries(monthly, periodsPerYear: 12) }

    @Test(arguments: [
        (0.9, 0.026935477659603548, 0.03962587293650979), (0.95, 0.03667383324592506, 0.047874598993041285),
        (0.99, 0.054941368757528405, 0.06402472205251442),
    ])
    func `normal value at risk and shortfall`(_ level: Double, _ risk: Double, _ shortfall: Double) throws {
        let tail = try TailRisk(of: series, level: level, method: .normal)
        #expect(tail.valueAtRisk.isNear(risk))
        #expect(tail.expectedShortfall.isNear(shortfall))
    }

    @Test(arguments: [
        (0.9, TailRisk.QuantileRule.type7, 0.0308, 0.042666666666666665),
        (0.9, .lower, 0.035, 0.042666666666666665),
        (0.95, .type7, 0.0401, 0.0465), (0.95, .lower, 0.041, 0.0465), (0.99, .type7, 0.04947, 0.052),
        (0.99, .lower, 0.052, 0.052),
    ])
    func `historical value at risk and shortfall by the rule named`(
        _ level: Double, _ rule: TailRisk.QuantileRule, _ risk: Double, _ shortfall: Double
    ) throws {
        let tail = try TailRisk(of: series, level: level, method: .historical, rule: rule)
        #expect(tail.valueAtRisk.isNear(risk))
        #expect(tail.expectedShortfall.isNear(shortfall))
    }

    @Test func `a quantile that falls on an observation is that one, whatever rounding does`() throws {
        let falling = try ReturnSeries((0...20).map { Double($0) / 100 }, periodsPerYear: 12)
        let tail = try TailRisk(of: falling, level: 0.95, method: .historical)
        #expect(tail.valueAtRisk == .value(-0.01))
        #expect(tail.expectedShortfall.isNear(-0.005))
    }

    @Test func `the shortfall is never less than the value at risk`() throws {
        for level in stride(from: 0.5, to: 0.995, by: 0.01) {
            for method in TailRisk.Method.allCases {
                let tail = try TailRisk(of: series, level: level, method: method)
                #expect(
                    try #require(tail.expectedShortfall.value) >= #require(tail.valueAtRisk.value) - 1e-15)
            }
        }
    }

    @Test func `too few returns have no risk and no level above one exists`() throws {
        let empty = try ReturnSeries([], periodsPerYear: 1)
        #expect(
            try TailRisk(of: empty, method: .historical).valueAtRisk
                == .notDefined(.tooFew(count: 0, needed: 1)))
        #expect(
            try TailRisk(of: ReturnSeries([0.1], periodsPerYear: 1), method: .normal).expectedShortfall
                == .notDefined(.tooFew(count: 1, needed: 2)))
        for level in [0.49, 1, .nan] {
            #expect(throws: MetricFailure.levelOutOfRange) {
                try TailRisk(of: series, level: level, method: .normal)
            }
        }
    }
}

@Suite struct ConcentrationTests {
    @Test func `equal parts have one over their number, a single one has one`() throws {
        for count in 1...40 {
            let concentration = try Concentration(of: [Double](repeating: 123.45, count: count))
            #expect(abs(concentration.herfindahl - 1 / Double(count)) < 1e-14)
            #expect(abs(concentration.effectiveNumber - Double(count)) < 1e-11)
        }
        #expect(try Concentration(of: [0, 7, 0]).herfindahl == 1)
        #expect(try Concentration(of: [0, 7, 0]).count == 1)
    }

    @Test func `a worked example, in weights and in money`() throws {
        for amounts in [[0.5, 0.3, 0.2], [5000, 3000, 2000]] {
            let concentration = try Concentration(of: amounts)
            #expect(abs(concentration.herfindahl - 0.38) < 1e-15)
            #expect(abs(concentration.effectiveNumber - 2.6315789473684212) < 1e-12)
            #expect(concentration.largestShare == 0.5)
        }
    }

    @Test func `it lies between one over the number and one`() throws {
        var random = SplitMix(seed: 4)
        for _ in 0..<100 {
            let amounts = (0..<7).map { _ in Double.random(in: 0...1, using: &random) }
            let concentration = try Concentration(of: amounts)
            #expect((1.0 / 7 - 1e-12...1).contains(concentration.herfindahl))
        }
    }

    @Test func `amounts below zero and nothing at all are refused`() {
        #expect(throws: MetricFailure.weightOutOfRange) { try Concentration(of: [1, -0.1]) }
        #expect(throws: MetricFailure.nothingWeighed) { try Concentration(of: [0, 0]) }
        #expect(throws: MetricFailure.nothingWeighed) { try Concentration(of: []) }
    }
}

@Suite struct DriftTests {
    @Test func `it is half the sum of the differences`() throws {
        let drift = try Drift.between(["a": 0.7, "b": 0.3], and: ["a": 0.6, "b": 0.3, "c": 0.1])
        #expect(abs(drift - 0.1) < 1e-15)
    }

    @Test func `equal weights have none, also in other units, and strangers have all`() throws {
        #expect(try Drift.between(["a": 3, "b": 1], and: ["a": 0.75, "b": 0.25]) == 0)
        #expect(try Drift.between(["a": 1], and: ["b": 1]) == 1)
    }

    @Test func `it is the same in both directions`() throws {
        let (one, other) = (["a": 0.1, "b": 0.55, "c": 0.35], ["b": 0.2, "c": 0.5, "d": 0.3])
        #expect(try Drift.between(one, and: other) == Drift.between(other, and: one))
    }

    @Test func `weights that are none are refused`() {
        #expect(throws: MetricFailure.nothingWeighed) { try Drift.between([:], and: ["a": 1]) }
        #expect(throws: MetricFailure.weightOutOfRange) { try Drift.between(["a": -1], and: ["a": 1]) }
    }
}
