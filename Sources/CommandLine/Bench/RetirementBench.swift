import Finance
import Wire

/// Measures `RetirementSimulation` against NumPy: the same model on one thread each, in the same run.
enum RetirementBench {
    static let paths = 10_000
    static let manyPaths = 100_000
    static let runs = 15
    /// Ten times the paths may take so many times as long.
    static let allowedGrowth = 10.5
    static let witness = BenchScript(path: "scripts/retirement_numpy.py", needs: "numpy")

    /// Prints medians, ratios and how far the two answers are apart.
    static func run() throws {
        let plan = try typicalPlan()
        let (seconds, result) = try measure(plan, paths: paths)
        print(
            "\(paths) paths x \(plan.horizonYears) years x \(plan.weights.count) classes, one core, "
                + "medians of \(runs) runs"
        )
        print(row("Alex", seconds, result.successPercent, result.atRetirement.balance.p50USD.approximate))
        let answer = try witness.run(model(plan))
        for type in ["float64", "float32"] {
            guard let outcome = answer[type], let numPySeconds = outcome["seconds"]?.double,
                let success = outcome["success_percent"]?.double,
                let median = outcome["median"]?.array?[plan.yearsUntilRetirement].double
            else { throw BenchScriptFailure.notUnderstood(witness, answer: answer.text) }
            print(row("NumPy \(type)", numPySeconds, success, median))
            print("  Alex is \(rounded(numPySeconds / seconds, 10)) times as fast as NumPy \(type)")
        }
        let (manySeconds, manyResult) = try measure(plan, paths: manyPaths)
        print(
            row(
                "Alex, \(manyPaths) paths", manySeconds, manyResult.successPercent,
                manyResult.atRetirement.balance.p50USD.approximate))
        let growth = rounded(manySeconds / seconds, 100)
        print("  \(manyPaths / paths) times the paths take \(growth) times as long, \(allowedGrowth) allowed")
        let studySeconds = try median { _ = try RetirementStudy(of: result) }
        print("  the study of the plan, all four rules included: \(rounded(studySeconds * 1000, 10)) ms")
        print("  sampling error of each success: +-\(rounded(result.samplingErrorPercent, 100)) points")
    }

    /// Five classes, 30 years of saving and 30 of retirement.
    private static func typicalPlan() throws -> RetirementPlan {
        try RetirementPlan(
            startingBalanceUSD: 500_000,
            weights: [
                .equity: 0.5, .fixedIncome: 0.25, .realEstate: 0.1, .commodities: 0.1, .cash: 0,
                .alternatives: 0.05,
            ], assumptions: .published(), yearsUntilRetirement: 30, retirementYears: 30,
            yearlyContributionUSD: 10_000, targetIncomeUSD: 60_000)
    }

    private static func measure(
        _ plan: RetirementPlan, paths: Int
    ) throws -> (seconds: Double, RetirementResult) {
        let result = try RetirementSimulation.run(plan, paths: paths)
        return (try median { _ = try RetirementSimulation.run(plan, paths: paths) }, result)
    }

    /// Seconds, of ``runs`` runs.
    private static func median(_ work: () throws -> Void) throws -> Double {
        let clock = ContinuousClock()
        var times: [Duration] = []
        for _ in 0..<runs { times.append(try clock.measure(work)) }
        return times.sorted()[runs / 2] / .seconds(1)
    }

    /// What the script needs to know of a plan.
    private static func model(_ plan: RetirementPlan) -> JSONValue {
        let rows = AssetClass.allCases.enumerated().filter { plan.weights[$0.element] != nil }
        let classes = rows.map(\.element)
        let returns = classes.compactMap { plan.assumptions.returns[$0] }
        return [
            "weights": .array(classes.map { .number(plan.weights[$0] ?? 0) }),
            "means": .array(returns.map { .number($0.meanFraction) }),
            "deviations": .array(returns.map { .number($0.deviationFraction) }),
            "correlations": .array(
                rows.map { row in
                    .array(rows.map { .number(plan.assumptions.correlations.rows[row.offset][$0.offset]) })
                }),
            "inflation": .number(plan.assumptions.inflationFraction),
            "balance": .number(plan.startingBalanceUSD),
            "contribution": .number(plan.yearlyContributionUSD),
            "income": .number(plan.targetIncomeUSD),
            "years_until": .number(plan.yearsUntilRetirement),
            "years_in": .number(plan.retirementYears),
            "paths": .number(paths), "runs": .number(runs), "seed": 7,
        ]
    }

    private static func row(_ name: String, _ seconds: Double, _ successPercent: Double, _ medianUSD: Double)
        -> String
    {
        "  \(name): \(rounded(seconds * 1000, 10)) ms, success \(rounded(successPercent, 100)) %, "
            + "median at retirement $\(Int(medianUSD))"
    }

    private static func rounded(_ value: Double, _ steps: Double) -> Double {
        (value * steps).rounded() / steps
    }
}
