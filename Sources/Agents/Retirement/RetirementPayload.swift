import Finance
import Quantities
import Wire

/// The projection as it is saved: every year, in today's money, and what a study of it found.
struct RetirementPayload: Sendable {
    private let result: RetirementResult
    private let study: RetirementStudy?

    init(_ result: RetirementResult, study: RetirementStudy? = nil) {
        self.result = result
        self.study = study
    }

    var json: JSONValue {
        var members = projection
        if let study { members.merge(StudyPayload(study).members) { _, new in new } }
        return .object(members)
    }

    private var projection: [String: JSONValue] {
        [
            "success_percent": .number(Self.rounded(result.successPercent)),
            "sampling_error_percent": .number(Self.rounded(result.samplingErrorPercent)),
            "average_years_lasted": .number(Self.rounded(result.averageYearsLasted)),
            "paths": .number(result.paths),
            // As text: a double, which is what a browser makes of a number, does not hold 64 bits.
            "seed": .string("\(result.seed)"),
            "years_until_retirement": .number(result.plan.yearsUntilRetirement),
            "retirement_years": .number(result.plan.retirementYears),
            "target_income_usd": .number(result.plan.targetIncomeUSD),
            "yearly_contribution_usd": .number(result.plan.yearlyContributionUSD),
            "starting_balance_usd": .number(result.plan.startingBalanceUSD),
            "balance_at_retirement": Self.json(result.atRetirement),
            "years": .array(result.years.map(Self.json)),
            "assumptions": .array(assumptions),
            "assumptions_source": .string(result.plan.assumptions.source),
            "assumptions_vintage": .string(result.plan.assumptions.vintage.description),
            "inflation_percent": .number(Self.rounded(result.plan.inflationFraction * 100)),
            "disclosed_defaults": .array(
                (result.plan.defaults + result.plan.ruleDisclosures).map {
                    ["id": .string($0.id), "sentence": .string($0.sentence)]
                }),
        ]
    }

    private static func json(_ year: RetirementYear) -> JSONValue {
        [
            "year_offset": .number(year.year), "is_retired": .bool(year.isRetired),
            "expected": .number(year.expectedUSD), "funded_percent": .number(rounded(year.fundedPercent)),
            "p10": .number(year.balance.p10USD), "p25": .number(year.balance.p25USD),
            "p50": .number(year.balance.p50USD), "p75": .number(year.balance.p75USD),
            "p90": .number(year.balance.p90USD),
        ]
    }

    /// What is assumed about each asset class the plan holds.
    private var assumptions: [JSONValue] {
        AssetClass.allCases.compactMap { assetClass in
            guard let weight = result.plan.weights[assetClass], weight > 0,
                let assumed = result.plan.assumptions.returns[assetClass]
            else { return nil }
            return [
                "asset_class": .string(assetClass.rawValue),
                "weight_percent": .number(Self.rounded(weight * 100)),
                "mean_percent": .number(Self.rounded(assumed.meanFraction * 100)),
                "volatility_percent": .number(Self.rounded(assumed.deviationFraction * 100)),
            ]
        }
    }

    /// Six decimals, so that rounding once more for the reader gives what rounding once would have; what is
    /// not finite becomes `null` when it is written.
    static func rounded(_ value: Double) -> Double { (value * 1_000_000).rounded() / 1_000_000 }
}
