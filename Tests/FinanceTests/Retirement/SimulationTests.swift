import Finance
import Quantities
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The simulation against what is known exactly about lognormal growth, within four standard errors.
@Suite struct SimulationTests {
    struct Terminal: Sendable, CustomTestStringConvertible {
        let mean: Double
        let deviation: Double
        let years: Int
        let percentilesUSD: [Double]
        var testDescription: String { "\(mean) +- \(deviation) percent, \(years) years" }
    }

    static let terminals = [
        Terminal(
            mean: 7, deviation: 18, years: 30,
            percentilesUSD: [155_048.45, 270_206.94, 500_863.63, 928_415.77, 1_617_974.14]),
        Terminal(
            mean: 7, deviation: 18, years: 1,
            percentilesUSD: [85_181.97, 94_273.56, 105_517.38, 118_102.22, 130_707.43]),
        Terminal(
            mean: 5, deviation: 10, years: 20,
            percentilesUSD: [140_622.02, 182_007.98, 242_421.85, 322_888.90, 417_917.16]),
    ]

    @Test(arguments: terminals) func `wealth without flows has the quantiles of the lognormal distribution`(
        _ expected: Terminal
    ) throws {
        let paths = 200_000
        let plan = try Plans.plan(
            Plans.assumptions(mean: expected.mean / 100, deviation: expected.deviation / 100),
            until: expected.years)
        let balance = try RetirementSimulation.run(plan, paths: paths).atRetirement.balance
        let found = [balance.p10USD, balance.p25USD, balance.p50USD, balance.p75USD, balance.p90USD]
        let logDeviation = log1p(pow(expected.deviation / (100 + expected.mean), 2)).squareRoot()
        let spread = logDeviation * Double(expected.years).squareRoot()
        // Probability and height of the standard normal density at each quantile.
        let quantiles = [(0.1, 0.17550), (0.25, 0.31778), (0.5, 0.39894), (0.75, 0.31778), (0.9, 0.17550)]
        for (index, (probability, density)) in quantiles.enumerated() {
            let error = (probability * (1 - probability) / Double(paths)).squareRoot() / density * spread
            #expect(abs(log(found[index].approximate / expected.percentilesUSD[index])) < 4 * error)
        }
    }

    @Test func `wealth with contributions has the exact mean and standard deviation`() throws {
        let plan = try Plans.plan(
            Plans.assumptions(mean: 0.07, deviation: 0.18), until: 20, contribution: 10_000)
        var market = Market(plan, paths: 400_000, seed: 11)
        for _ in 1...20 { _ = market.advance(by: (0, 10_000)) }
        let n = Double(market.balances.count)
        let mean = market.balances.reduce(0, +) / n
        let deviations = market.balances.map { $0 - mean }
        let variance = deviations.reduce(0) { $0 + $1 * $1 } / (n - 1)
        let fourth = deviations.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
        #expect(abs(mean - 796_923.37) < 4 * (variance / n).squareRoot())
        let errorOfVariance = ((fourth - variance * variance) / n).squareRoot()
        #expect(abs(variance - 535_523.70 * 535_523.70) < 4 * errorOfVariance)
    }

    @Test(arguments: [(-0.2, 10.5830), (0, 10.9836), (0.6, 12.1062), (1, 12.8)])
    func `drawn growth spreads as the correlation says`(_ correlation: Double, _ percent: Double) throws {
        let plan = try Plans.plan(
            balance: 1_000_000,
            Plans.assumptions(
                mean: 0.07, deviation: 0.18,
                second: ReturnAssumption(meanFraction: 0.04, deviationFraction: 0.05),
                correlation: correlation), weights: [.equity: 0.6, .fixedIncome: 0.4], until: 1)
        var market = Market(plan, paths: 400_000, seed: 12)
        _ = market.advance(by: (0, 0))
        let n = Double(market.balances.count)
        let mean = market.balances.reduce(0, +) / n
        let deviation = (market.balances.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
        #expect(abs(mean / 1e6 - 1.058) < 4 * deviation / 1e6 / n.squareRoot())
        // Four standard errors, and a little because the correlation is that of the logarithms.
        #expect(abs(deviation / 1e4 - percent) < 4 * percent / (2 * n).squareRoot() * 1.2 + 0.02)
    }

    @Test func `one asset split in two that move as one changes nothing`() throws {
        let assumptions = try Plans.assumptions(
            mean: 0.07, deviation: 0.18,
            second: ReturnAssumption(meanFraction: 0.07, deviationFraction: 0.18),
            correlation: 1)
        func run(_ weights: [AssetClass: Double]) throws -> RetirementResult {
            try RetirementSimulation.run(
                Plans.plan(assumptions, weights: weights, until: 20, retired: 20, income: 20_000),
                paths: 5000,
                seed: 4)
        }
        let (whole, split) = (try run([.equity: 1]), try run([.equity: 0.7, .fixedIncome: 0.3]))
        #expect(abs(whole.successPercent - split.successPercent) <= 0.04)
        for (left, right) in zip(whole.years, split.years) {
            let (left, right) = (left.balance.p50USD.approximate, right.balance.p50USD.approximate)
            // Single precision, twenty times over.
            #expect(abs(left - right) <= 1e-4 * left + 0.02)
        }
    }

    @Test func `the seed's mistake is not repeated: the target grows until retirement`() throws {
        // A million, 70/30 of 7 +- 18 and 4 +- 5 percent, 20 years to go, 10,000 a year, 80,000 wanted,
        // inflation 3 percent.
        let assumptions = try Plans.assumptions(
            mean: 0.07, deviation: 0.18,
            second: ReturnAssumption(meanFraction: 0.04, deviationFraction: 0.05),
            inflation: 0.03)
        let plan = try Plans.plan(
            balance: 1_000_000, assumptions, weights: [.equity: 0.7, .fixedIncome: 0.3], until: 20,
            retired: 30,
            contribution: 10_000, income: 80_000)
        let result = try RetirementSimulation.run(plan)
        // With a target frozen for twenty years it would be above 80.
        #expect((45...60).contains(result.successPercent))
    }
}
