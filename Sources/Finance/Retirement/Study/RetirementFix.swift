/// The smallest change of one kind that brings the success of a plan to the goal.
package struct RetirementFix: Sendable, Equatable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// More dollars a year until retirement, in today's money.
        case saveMore = "saving"
        /// Months; retirement ends when it would have.
        case retireLater = "later"
        /// Fewer dollars a year of the wanted income, in today's money.
        case spendLess = "spending"

        package var title: String {
            switch self {
            case .saveMore: "Save more every year"
            case .retireLater: "Retire later"
            case .spendLess: "Spend less every year"
            }
        }
    }

    package enum Outcome: Sendable, Equatable {
        case alreadyMet
        /// In whole dollars or months, with the success it brings.
        case change(Int, successPercent: Double)
        /// The largest change that was tried, and the success it brings.
        case cannotBeMet(tried: Int, successPercent: Double)
    }

    package let kind: Kind
    package let outcome: Outcome

    /// Each by bisection in whole dollars or months on the same markets, which assumes that more of a change
    /// never lowers the success.
    static func all(
        for scenario: Scenario, on markets: MarketPaths, goal: SuccessGoal, safe: SafeIncome
    ) -> [RetirementFix] {
        Kind.allCases.map { kind in
            guard !goal.isMet(by: scenario, on: markets) else {
                return RetirementFix(kind: kind, outcome: .alreadyMet)
            }
            return RetirementFix(
                kind: kind,
                outcome: smallest(upTo: kind.limit(for: scenario), on: markets, goal: goal) { change in
                    scenario.changed(kind, by: change)
                })
        }
    }

    private static func smallest(
        upTo limit: Int, on markets: MarketPaths, goal: SuccessGoal, _ changed: (Int) -> Scenario
    ) -> Outcome {
        let most = changed(limit)
        guard limit > 0, goal.isMet(by: most, on: markets) else {
            return .cannotBeMet(tried: limit, successPercent: most.successPercent(on: markets))
        }
        var (low, high) = (0, limit)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if goal.isMet(by: changed(middle), on: markets) { high = middle } else { low = middle }
        }
        return .change(high, successPercent: changed(high).successPercent(on: markets))
    }
}

extension RetirementFix.Kind {
    /// The largest change that is tried: the whole income of retirement saved in each year; retirement in
    /// its last year; nothing spent, less a dollar.
    func limit(for scenario: Scenario) -> Int {
        let years = scenario.horizonYears - scenario.yearsUntil
        switch self {
        case .saveMore:
            return scenario.yearsUntil == 0
                ? 0 : Int(min(1e15, scenario.incomeUSD * Double(years)).rounded(.up))
        case .retireLater: return (years - 1) * 12
        case .spendLess: return Int(min(1e15, scenario.incomeUSD).rounded(.up)) - 1
        }
    }
}

extension Scenario {
    /// - Parameter change: Dollars a year or months.
    func changed(_ kind: RetirementFix.Kind, by change: Int) -> Scenario {
        var changed = self
        switch kind {
        case .saveMore: changed.contributionUSD += Double(change)
        case .retireLater: changed.monthsLater += change
        case .spendLess: changed.incomeUSD = max(0, incomeUSD - Double(change))
        }
        return changed
    }
}
