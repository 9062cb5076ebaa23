import Quantities

extension RetirementStudy {
    /// What the study found, in numbers; money is in today's money. The projection itself has its own facts.
    package var facts: [Fact] {
        safeFacts + fixFacts + autopsyFacts + historyFacts + differenceFacts + strategyFacts
    }

    private static let onTheSameMarkets = "on the markets of the projection"

    private var safeFacts: [Fact] {
        [
            percent(
                "goal.percent", "share of paths aimed at", goalPercent, "chosen by Alex or the investor"),
            usd(
                "safe_income.usd",
                "safe yearly income: the most that the share of paths aimed at pays in every year", safe.usd,
                safe.method, ["retirement.goal.percent"]),
            safe.rateFraction.flatMap {
                percent(
                    "safe_rate.percent",
                    "safe rate: first yearly income as a share of the balance when retirement begins",
                    $0 * 100, safe.method, ["retirement.goal.percent"])
            },
        ].compactMap { $0 }
    }

    /// Only changes that were found: a goal that is met, or cannot be met, has no number.
    private var fixFacts: [Fact] {
        fixes.flatMap { fix -> [Fact] in
            guard case .change(let change, let successPercent) = fix.outcome else { return [] }
            let method = "bisection \(Self.onTheSameMarkets)"
            let goal = ["retirement.goal.percent"]
            let id = "fix.\(fix.kind.rawValue)"
            let found: Fact =
                switch fix.kind {
                case .saveMore:
                    usd(
                        "\(id).usd", "additional yearly saving that brings the success to the goal",
                        Decimal(change), method, goal)
                case .retireLater:
                    count(
                        "\(id).count", "additional months of work that bring the success to the goal", change,
                        method, goal)
                case .spendLess:
                    usd(
                        "\(id).usd", "cut of the yearly income that brings the success to the goal",
                        Decimal(change), method, goal)
                }
            return [found]
                + [
                    percent(
                        "\(id).success.percent", "success with the change \"\(fix.kind.title)\"",
                        successPercent, method, [found.id])
                ].compactMap { $0 }
        }
    }

    private var autopsyFacts: [Fact] {
        let failing = count(
            "autopsy.failing.count", "paths that fail to pay in some year", autopsy.failingPaths,
            "counted \(Self.onTheSameMarkets)", ["retirement.paths.count"])
        guard autopsy.failingPaths > 0 else { return [failing] }
        return [failing]
            + FailureAutopsy.Cause.allCases.compactMap { cause in
                percent(
                    "autopsy.\(cause.rawValue).percent",
                    "share of the failing paths with the cause \"\(cause.title)\"",
                    Double(autopsy.countByCause[cause] ?? 0) / Double(autopsy.failingPaths) * 100,
                    "each failing path has one cause, by fixed rules", ["retirement.autopsy.failing.count"])
            }
    }

    private var historyFacts: [Fact] {
        guard case .success(let outcome) = history else { return [] }
        let method = "every window of the plan's length, without wrapping"
        func year(_ id: String, _ metric: String, _ value: Int) -> Fact {
            Fact(
                id: "retirement.history.\(id).year", subject: "retirement", metric: metric,
                value: Decimal(value), unit: .year, method: "of the series")
        }
        return [
            year("first", "first year of the history", outcome.firstYear),
            year("last", "last year of the history", outcome.lastYear),
            count(
                "history.windows.count", "historical windows of the plan's length", outcome.windows.count,
                method, ["retirement.history.first.year", "retirement.history.last.year"]),
        ]
            + [
                percent(
                    "history.success.percent", "historical windows that pay the target income in every year",
                    outcome.successFraction * 100, method, ["retirement.history.windows.count"])
            ].compactMap { $0 }
    }

    private var differenceFacts: [Fact] {
        differences.flatMap { row in
            let id = "difference.\(row.change.rawValue)"
            let method =
                row.change.usesSameNumbers
                ? "one assumption switched on the same random numbers" : "one assumption switched"
            return [
                percent(
                    "\(id).success.percent", "success under another assumption: \(row.label)",
                    row.successPercent, method),
                statistic(row.points).map {
                    Fact(
                        id: "retirement.\(id).points", subject: "retirement",
                        metric: "change of the success (below zero: less) under another assumption: "
                            + row.label, value: $0, unit: .points, method: method,
                        inputs: ["retirement.\(id).success.percent", "retirement.success.percent"])
                },
            ].compactMap { $0 }
        }
    }

    private var strategyFacts: [Fact] {
        strategies.flatMap { row in
            let id = "strategy.\(row.strategy.id)"
            let rule = "with the withdrawal rule \"\(row.strategy.title)\""
            return [
                percent(
                    "\(id).success.percent", "success \(rule)", row.successPercent,
                    row.floorFraction == 1
                        ? "the wanted income is paid in full in every year"
                        : "at least \(Decimal(rounding: row.floorFraction * 100, fractionDigits: 1) ?? 0) "
                            + "percent of the wanted income is paid in every year"),
                usd(
                    "\(id).median_income.usd", "median of the mean yearly income \(rule)",
                    row.medianIncomeUSD, Self.onTheSameMarkets),
                usd(
                    "\(id).worst_income.usd",
                    "lowest yearly income that nine in ten paths never fall below \(rule)",
                    row.worstIncomeUSD, Self.onTheSameMarkets),
            ].compactMap { $0 }
        }
    }

    private func usd(
        _ id: String, _ metric: String, _ value: Decimal, _ method: String, _ inputs: [Fact.ID] = []
    ) -> Fact {
        Fact(
            id: "retirement.\(id)", subject: "retirement", metric: metric, value: value, unit: .usd,
            method: method, inputs: inputs)
    }

    private func count(
        _ id: String, _ metric: String, _ value: Int, _ method: String, _ inputs: [Fact.ID]
    ) -> Fact {
        Fact(
            id: "retirement.\(id)", subject: "retirement", metric: metric, value: Decimal(value),
            unit: .count, method: method, inputs: inputs)
    }

    private func percent(
        _ id: String, _ metric: String, _ value: Double, _ method: String, _ inputs: [Fact.ID] = []
    ) -> Fact? {
        statistic(value).map {
            Fact(
                id: "retirement.\(id)", subject: "retirement", metric: metric, value: $0, unit: .percent,
                method: method, inputs: inputs)
        }
    }
}
