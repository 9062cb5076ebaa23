import Quantities

/// Monte Carlo over a plan: many lives of the portfolio, each year's real growth drawn from correlated
/// lognormal returns.
///
/// Growth is drawn in single precision (relative error below 1e-6, a thousandth of the sampling error of a
/// million paths); balances are added up in double precision. The random numbers depend on nothing but the
/// seed and the order of the years, so two plans run with the same seed meet the same markets.
package enum RetirementSimulation {
    package static let defaultPaths = 10_000
    package static let mostPaths = 1_000_000

    /// Less than this is rounding, not a shortfall.
    static let shortfallToleranceUSD = 0.005
    /// Paths advanced by one step of the innermost loop.
    static let pathsPerStep = 2 * Lanes.scalarCount

    /// - Parameter seed: `nil` for the plan's own. To compare two plans, hand both the same one.
    /// - Throws: ``RetirementFailure/pathsOutOfRange(_:)`` or ``RetirementFailure/outcomeTooLarge``.
    package static func run(
        _ plan: RetirementPlan, paths: Int = defaultPaths, seed: UInt64? = nil
    ) throws(RetirementFailure) -> RetirementResult {
        guard (1...mostPaths).contains(paths) else { throw .pathsOutOfRange(paths) }
        let seed = seed ?? plan.seed
        guard plan.isPlain else { return try runOnDrawnMarkets(plan, paths: paths, seed: seed) }
        let expectedUSD = RetirementProjection(of: plan).balancesUSD
        var market = Market(plan, paths: paths, seed: seed)
        var percentiles = Percentiles(count: paths)
        var years: [RetirementYear] = []
        years.reserveCapacity(plan.horizonYears + 1)
        var yearsLasted = 0.0
        var fundedPercent = 100.0
        for year in 0...plan.horizonYears {
            let isRetired = year > plan.yearsUntilRetirement
            if year > 0 {
                let short = market.advance(by: plan.flow(inYear: year))
                if isRetired {
                    fundedPercent = Double(paths - short) / Double(paths) * 100
                    yearsLasted += fundedPercent / 100
                }
            }
            years.append(
                RetirementYear(
                    year: year, isRetired: isRetired, expectedUSD: try cents(expectedUSD[year]),
                    balance: try MoneyPercentiles(
                        usd: percentiles.of(market.balances, at: MoneyPercentiles.fractions)),
                    fundedPercent: fundedPercent))
        }
        return RetirementResult(
            plan: plan, paths: paths, seed: seed, years: years, successPercent: fundedPercent,
            averageYearsLasted: yearsLasted)
    }
}

/// All paths of a simulation at one moment.
package struct Market {
    /// In today's money; padded to whole steps.
    package private(set) var balances: [Double]
    private var random: RandomLanes
    private let certain: Double
    private let parts: [GrowthModel.FlatPart]
    private let loadings: [Float]
    private let factorCount: Int
    private let paths: Int

    package init(_ plan: RetirementPlan, paths: Int, seed: UInt64) {
        let model = GrowthModel(of: plan)
        (parts, loadings) = model.flatParts
        certain = model.certain
        factorCount = model.factorCount
        random = RandomLanes(seed: seed)
        let step = RetirementSimulation.pathsPerStep
        self.paths = paths
        balances = [Double](
            repeating: plan.startingBalanceUSD.approximate, count: (paths + step - 1) / step * step)
    }

    /// Lets a year pass.
    ///
    /// - Returns: How many paths could not pay what the year asked for. Their balance is zero, so that they
    ///   cannot pay the next either.
    package mutating func advance(by flow: (startUSD: Double, endUSD: Double)) -> Int {
        var random = random
        let short = withUnsafeTemporaryAllocation(of: Lanes.self, capacity: max(1, 2 * factorCount)) {
            normals in
            balances.withUnsafeMutableBufferPointer { balances in
                parts.withUnsafeBufferPointer { parts in
                    loadings.withUnsafeBufferPointer { loadings in
                        Self.advance(
                            balances, paths: paths, by: flow, certain: certain, parts: parts,
                            loadings: loadings, factorCount: factorCount, normals: normals, using: &random)
                    }
                }
            }
        }
        self.random = random
        return short
    }

    private static func advance(
        _ balances: UnsafeMutableBufferPointer<Double>, paths: Int,
        by flow: (startUSD: Double, endUSD: Double), certain: Double,
        parts: UnsafeBufferPointer<GrowthModel.FlatPart>, loadings: UnsafeBufferPointer<Float>,
        factorCount: Int, normals: UnsafeMutableBufferPointer<Lanes>, using random: inout RandomLanes
    ) -> Int {
        guard let normals = normals.baseAddress, let balances = balances.baseAddress else { return 0 }
        let isPaidOut = flow.startUSD < 0 || flow.endUSD < 0
        var short = 0
        for step in stride(from: 0, to: paths, by: RetirementSimulation.pathsPerStep) {
            let (first, second) = GrowthModel.draw(
                parts: parts, loadings: loadings, factorCount: factorCount, normals: normals, using: &random)
            let (left, right) = (balances + step, balances + step + Lanes.scalarCount)
            guard isPaidOut else {
                save(flow.endUSD, left, first, certain: certain)
                save(flow.endUSD, right, second, certain: certain)
                continue
            }
            short += spend(flow, left, first, certain: certain, counting: paths - step)
            short += spend(flow, right, second, certain: certain, counting: paths - step - Lanes.scalarCount)
        }
        return short
    }

    /// A year in which nothing is taken out.
    @inline(__always)
    private static func save(
        _ contribution: Double, _ balances: UnsafeMutablePointer<Double>, _ drawn: Lanes, certain: Double
    ) {
        for lane in 0..<Lanes.scalarCount {
            balances[lane] = balances[lane] * (certain + Double(drawn[lane])) + contribution
        }
    }

    /// - Parameter count: How many of the lanes are paths and not padding; may be more than there are lanes.
    /// - Returns: How many of them could not pay.
    @inline(__always)
    private static func spend(
        _ flow: (startUSD: Double, endUSD: Double), _ balances: UnsafeMutablePointer<Double>,
        _ drawn: Lanes, certain: Double, counting count: Int
    ) -> Int {
        let tolerance = RetirementSimulation.shortfallToleranceUSD
        var lowest = SIMD8<Double>()
        for lane in 0..<Lanes.scalarCount {
            let atStart = balances[lane] + flow.startUSD
            let atEnd = max(0, atStart) * (certain + Double(drawn[lane])) + flow.endUSD
            lowest[lane] = min(atStart, atEnd)
            balances[lane] = max(0, atEnd)
        }
        if count >= Lanes.scalarCount {
            var short = 0
            for lane in 0..<Lanes.scalarCount { short += lowest[lane] < -tolerance ? 1 : 0 }
            return short
        }
        return (0..<max(0, count)).count { lowest[$0] < -tolerance }
    }
}
