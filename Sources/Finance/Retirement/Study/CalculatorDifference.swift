/// What one other assumption would have said about the same plan.
package struct CalculatorDifference: Sendable, Equatable {
    package enum Change: String, Sendable, Hashable, CaseIterable {
        case otherTiming = "timing"
        case targetFrozenUntilRetirement = "target_frozen"
        case targetNeverInflated = "target_nominal"
        case arithmeticAsCompound = "arithmetic"
        case noCorrelation = "no_correlation"
        case noSpread = "no_spread"
        case noContributions = "no_contributions"
        case costs
        case history
        case bootstrap

        /// Whether the change meets the very random numbers of the plan's own simulation. Histories have no
        /// random numbers; the bootstrap uses the same seed.
        package var usesSameNumbers: Bool { ![.noSpread, .history, .bootstrap].contains(self) }
    }

    package let change: Change
    /// What was changed, for the reader.
    package let label: String
    package let successPercent: Double
    /// Success after the change less the plan's own, in points.
    package let points: Double

    package static let costFraction = 0.01

    /// One row for each change that means something for the plan.
    static func all(
        for result: RetirementResult, on markets: MarketPaths, market: HistoricalMarket,
        history: HistoricalOutcome?
    ) throws(RetirementFailure) -> [CalculatorDifference] {
        let own = Scenario(of: result.plan)
        let ownPercent = own.successPercent(on: markets)
        var rows: [CalculatorDifference] = []
        func add(_ change: Change, _ label: String, _ successPercent: Double) {
            rows.append(
                CalculatorDifference(
                    change: change, label: label, successPercent: successPercent,
                    points: successPercent - ownPercent))
        }
        func add(_ change: Change, _ label: String, _ turn: (inout Scenario) -> Void) {
            var scenario = own
            turn(&scenario)
            add(change, label, scenario.successPercent(on: markets))
        }
        add(.otherTiming, own.timing == .startOfYear ? Self.takenAtEnd : Self.takenAtStart) {
            $0.timing = $0.timing == .startOfYear ? .endOfYear : .startOfYear
        }
        if own.yearsUntil > 0 {
            add(.targetFrozenUntilRetirement, "The wanted income does not grow with prices until retirement")
            {
                $0.targetGrowth = .frozenUntilRetirement
            }
        }
        add(.targetNeverInflated, "The wanted income never grows with prices") { $0.targetGrowth = .never }
        for (change, label, plan) in try lognormalVariants(of: result.plan) {
            add(change, label, successPercent(of: plan, result: result))
        }
        add(.noSpread, "Every year brings the mean return", noSpreadPercent(of: result.plan))
        if own.yearsUntil > 0 && own.contributionUSD > 0 {
            add(.noContributions, "Nothing is saved before retirement") { $0.contributionUSD = 0 }
        }
        add(
            .costs, "Costs take \(Int(Self.costFraction * 100)) percent of the balance a year",
            own.successPercent(on: markets.less(costFraction: Self.costFraction)))
        for (change, label, plan) in try historicalVariants(of: result.plan, market: market) {
            let percent =
                if change == .history, let history { history.successFraction * 100 } else {
                    successPercent(of: plan, result: result)
                }
            add(change, label, percent)
        }
        return rows
    }

    private static let takenAtEnd = "Income is taken at the end of each year"
    private static let takenAtStart = "Income is taken at the start of each year"

    private static func successPercent(of plan: RetirementPlan, result: RetirementResult) -> Double {
        Scenario(of: plan).successPercent(
            on: MarketPaths(of: plan, paths: result.paths, seed: result.seed))
    }

    private static func noSpreadPercent(of plan: RetirementPlan) -> Double {
        Scenario(of: plan).successPercent(
            on: MarketPaths(
                constant: plan.meanRealGrowth, inflation: plan.inflationFraction, years: plan.horizonYears))
    }

    /// Other readings of the same assumptions; none where the plan follows a history.
    private static func lognormalVariants(
        of plan: RetirementPlan
    ) throws(RetirementFailure) -> [(Change, String, RetirementPlan)] {
        guard plan.engine == .lognormal else { return [] }
        return [
            (
                .arithmeticAsCompound, "The mean return is taken for a compound rate",
                try plan.assuming(plan.assumptions.takingMeansForCompoundRates())
            ),
            (
                .noCorrelation, "Asset classes move independently of each other",
                try plan.assuming(plan.assumptions.withoutCorrelations())
            ),
        ]
    }

    private static func historicalVariants(
        of plan: RetirementPlan, market: HistoricalMarket
    ) throws(RetirementFailure) -> [(Change, String, RetirementPlan)] {
        let span = "\(market.returns.firstYear)-\(market.returns.lastYear)"
        var variants: [(Change, String, RetirementPlan)] = []
        if case .historical = plan.engine {
        } else if plan.horizonYears <= market.returns.years.count {
            variants.append(
                (
                    .history, "All historical sequences of \(span) instead of the plan's own markets",
                    try plan.following(.historical(market))
                ))
        }
        if case .bootstrap = plan.engine { return variants }
        let blockYears = min(ReturnEngine.defaultBlockYears, market.returns.years.count)
        variants.append(
            (
                .bootstrap,
                "Histories put together from blocks of \(blockYears) years of \(span) instead of the plan's "
                    + "own markets",
                try plan.following(.bootstrap(market, blockYears: blockYears))
            ))
        return variants
    }
}

extension ReturnAssumptions {
    /// The mistake of many calculators: the arithmetic mean as the rate at which money compounds.
    func takingMeansForCompoundRates() throws(RetirementFailure) -> ReturnAssumptions {
        try changed(
            returns: returns.mapValues {
                ReturnAssumption(
                    compoundFraction: $0.meanFraction, deviationFraction: $0.deviationFraction)
            }, correlations: correlations)
    }

    func withoutCorrelations() throws(RetirementFailure) -> ReturnAssumptions {
        let indices = correlations.rows.indices
        return try changed(
            returns: returns,
            correlations: CorrelationMatrix(indices.map { row in indices.map { $0 == row ? 1 : 0 } }))
    }

    private func changed(
        returns: [AssetClass: ReturnAssumption], correlations: CorrelationMatrix
    ) throws(RetirementFailure) -> ReturnAssumptions {
        try ReturnAssumptions(
            returns: returns, correlations: correlations, inflationFraction: inflationFraction,
            source: source, vintage: vintage)
    }
}
