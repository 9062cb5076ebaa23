import Finance
import Quantities
import Wire

/// How `simulate` prints what it found.
extension Calculation {
    static func json(_ result: RetirementResult) -> [String: JSONValue] {
        [
            "success_fraction": .number(result.successPercent / 100),
            "sampling_error_fraction": .number(result.samplingErrorPercent / 100),
            "paths": .number(result.paths), "seed": .string("\(result.seed)"),
            "average_paid_years": .number(result.averageYearsLasted),
            "years": .array(
                result.years.map { year in
                    [
                        "year": .number(year.year), "retired": .bool(year.isRetired),
                        "expected_usd": .number(year.expectedUSD),
                        "paid_fraction": .number(year.fundedPercent / 100),
                        "balance_usd": json(year.balance), "income_usd": year.income.map(json) ?? .null,
                    ]
                }),
            "disclosures": .array(result.plan.ruleDisclosures.map { .string($0.sentence) }),
            "convention": .string(convention(of: result.plan)),
            "source": .string(
                result.plan.engine.market?.returns.source ?? result.plan.assumptions.source),
        ]
    }

    private static func convention(of plan: RetirementPlan) -> String {
        let moment = plan.withdrawals == .startOfYear ? "start" : "end"
        return "today's money; income at the \(moment) of every year, contributions at the end; rebalanced "
            + "every year; \(plan.engine.method)"
    }

    static func json(_ study: RetirementStudy) -> [String: JSONValue] {
        [
            "safe_income_usd": .number(study.safe.usd),
            "safe_rate_fraction": study.safe.rateFraction.map { .number($0) } ?? .null,
            "safe_method": .string(study.safe.method), "fixes": .array(study.fixes.map(json)),
            "autopsy": json(study.autopsy),
            "differences": .array(
                study.differences.map { row in
                    [
                        "change": .string(row.change.rawValue), "label": .string(row.label),
                        "success_fraction": .number(row.successPercent / 100), "points": .number(row.points),
                    ]
                }), "history": json(study.history),
            "strategies": .array(
                study.strategies.map { row in
                    [
                        "strategy": .string(row.strategy.id),
                        "success_fraction": .number(row.successPercent / 100),
                        "floor_fraction": .number(row.floorFraction),
                        "median_income_usd": .number(row.medianIncomeUSD),
                        "worst_income_usd": .number(row.worstIncomeUSD),
                    ]
                }), "disclosures": .array(study.disclosures.map { .string($0.sentence) }),
        ]
    }

    private static func json(_ money: MoneyPercentiles) -> JSONValue {
        [
            "p10": .number(money.p10USD), "p25": .number(money.p25USD), "p50": .number(money.p50USD),
            "p75": .number(money.p75USD), "p90": .number(money.p90USD),
        ]
    }

    private static func json(_ fix: RetirementFix) -> JSONValue {
        let unit = fix.kind == .retireLater ? "months" : "usd"
        switch fix.outcome {
        case .alreadyMet: return ["kind": .string(fix.kind.rawValue), "outcome": "already_met"]
        case .change(let change, let percent):
            return [
                "kind": .string(fix.kind.rawValue), "outcome": "change", "change": .number(change),
                "unit": .string(unit), "success_fraction": .number(percent / 100),
            ]
        case .cannotBeMet(let tried, let percent):
            return [
                "kind": .string(fix.kind.rawValue), "outcome": "cannot_be_met", "tried": .number(tried),
                "unit": .string(unit), "success_fraction": .number(percent / 100),
            ]
        }
    }

    private static func json(_ autopsy: FailureAutopsy) -> JSONValue {
        [
            "failing_paths": .number(autopsy.failingPaths),
            "causes": .array(
                FailureAutopsy.Cause.allCases.map { cause in
                    [
                        "cause": .string(cause.rawValue), "label": .string(cause.title),
                        "paths": .number(autopsy.countByCause[cause] ?? 0),
                    ]
                }),
            "years": .array(
                autopsy.countByYear.map { ["year": .number($0.year), "paths": .number($0.count)] }),
            "rules": .string(FailureAutopsy.rules),
        ]
    }

    private static func json(_ history: Result<HistoricalOutcome, RetirementFailure>) -> JSONValue {
        switch history {
        case .success(let outcome):
            [
                "windows": .number(outcome.windows.count),
                "success_fraction": .number(outcome.successFraction),
                "failing_start_years": .array(outcome.failingStartYears.map { .number($0) }),
                "first_year": .number(outcome.firstYear), "last_year": .number(outcome.lastYear),
            ]
        case .failure(let failure): ["value": .null, "reason": .string("\(failure)")]
        }
    }
}
