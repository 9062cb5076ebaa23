import Finance
import Quantities
import Wire

/// What a study of the projection found, as members of the projection.
struct StudyPayload: Sendable {
    let study: RetirementStudy

    init(_ study: RetirementStudy) { self.study = study }

    var members: [String: JSONValue] {
        [
            "goal_percent": Self.percent(study.goalPercent),
            "safe_income": [
                "usd": .number(study.safe.usd),
                "rate_percent": study.safe.rateFraction.map { Self.percent($0 * 100) } ?? .null,
                "method": .string(study.safe.method),
            ],
            "fixes": .array(study.fixes.map(Self.json)), "autopsy": autopsy,
            "differences": .array(
                study.differences.map { row in
                    [
                        "id": .string(row.change.rawValue), "label": .string(row.label),
                        "success_percent": Self.percent(row.successPercent),
                        "points": Self.percent(row.points),
                        "same_random_numbers": .bool(row.change.usesSameNumbers),
                    ]
                }),
            "history": history,
            "strategy_comparison": .array(
                study.strategies.map { row in
                    [
                        "id": .string(row.strategy.id), "label": .string(row.strategy.title),
                        "floor_percent": Self.percent(row.floorFraction * 100),
                        "success_percent": Self.percent(row.successPercent),
                        "median_income_usd": .number(row.medianIncomeUSD),
                        "worst_income_usd": .number(row.worstIncomeUSD),
                    ]
                }),
            "incomes": .array(
                study.incomes.map { row in
                    [
                        "year_offset": .number(row.year), "p10": .number(row.income.p10USD),
                        "p25": .number(row.income.p25USD), "p50": .number(row.income.p50USD),
                        "p75": .number(row.income.p75USD), "p90": .number(row.income.p90USD),
                    ]
                }),
            "study_disclosures": .array(
                study.disclosures.map { ["id": .string($0.id), "sentence": .string($0.sentence)] }),
        ]
    }

    /// `value` is absent where the goal is met already or cannot be met by this alone; `status` says which.
    private static func json(_ fix: RetirementFix) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(fix.kind.rawValue), "label": .string(fix.kind.title),
            "unit": .string(fix.kind == .retireLater ? "months" : "usd"),
        ]
        switch fix.outcome {
        case .alreadyMet: members["status"] = "already_met"
        case .change(let change, let successPercent):
            members["status"] = "change"
            members["value"] = .number(change)
            members["success_percent"] = percent(successPercent)
        case .cannotBeMet(let tried, let successPercent):
            members["status"] = "cannot_be_met"
            members["tried"] = .number(tried)
            members["success_percent"] = percent(successPercent)
        }
        return .object(members)
    }

    private var autopsy: JSONValue {
        let autopsy = study.autopsy
        func share(_ count: Int) -> JSONValue {
            Self.percent(autopsy.failingPaths == 0 ? 0 : Double(count) / Double(autopsy.failingPaths) * 100)
        }
        return [
            "failing_paths": .number(autopsy.failingPaths), "rules": .string(FailureAutopsy.rules),
            "causes": .array(
                FailureAutopsy.Cause.allCases.map { cause in
                    [
                        "id": .string(cause.rawValue), "label": .string(cause.title),
                        "count": .number(autopsy.countByCause[cause] ?? 0),
                        "percent": share(autopsy.countByCause[cause] ?? 0),
                    ]
                }),
            "years": .array(
                autopsy.countByYear.map {
                    [
                        "year_offset": .number($0.year), "count": .number($0.count),
                        "percent": share($0.count),
                    ]
                }),
        ]
    }

    private var history: JSONValue {
        switch study.history {
        case .success(let outcome):
            [
                "windows": .number(outcome.windows.count),
                "success_percent": Self.percent(outcome.successFraction * 100),
                "first_year": .number(outcome.firstYear), "last_year": .number(outcome.lastYear),
                "failing_start_years": .array(outcome.failingStartYears.map { .number($0) }),
            ]
        case .failure(let failure): ["windows": 0, "reason": .string("\(failure)")]
        }
    }

    private static func percent(_ value: Double) -> JSONValue { .number(RetirementPayload.rounded(value)) }
}
