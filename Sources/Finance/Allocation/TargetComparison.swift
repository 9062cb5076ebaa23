/// How a portfolio stands against the investor's targets, part by part.
///
/// Three rules say what is compared with what:
/// 1. A target for the category's ``AllocationCategory/remainder`` (`international`) stands for all
///    categories the targets do not name: with targets for North America and international, Europe and Asia
///    are international.
/// 2. What lies in the category that is ``AllocationCategory/everywhere`` (`global`) lies in every other one,
///    nobody says in which parts. Unless it has a target of its own, it is taken to be divided as the targets
///    say, so it neither adds to a gap nor closes one.
/// 3. What nobody has classified is left out: shares are of what is classified.
package struct TargetComparison<Category: AllocationCategory>: Sendable, Equatable {
    package struct Part: Sendable, Equatable {
        package let category: Category
        /// Whether other categories are counted with this one, by rule 1.
        package let standsForOthers: Bool
        /// Of what is compared, 0...100.
        package let sharePercent: Double
        package let targetPercent: Double

        /// Above zero where the share is above the target.
        package var gapPoints: Double { sharePercent - targetPercent }
    }

    /// Everything that has a share or a target, in the order in which the category lists its cases.
    package let parts: [Part]
    /// Whether rule 2 was needed.
    package let dividesEverywhere: Bool

    /// The part of the portfolio that would have to change places to meet every target, 0...100: half the
    /// sum of the gaps.
    package var driftPercent: Double { parts.reduce(0) { $0 + abs($1.gapPoints) } / 2 }

    /// `nil` when nothing is classified.
    package init?(of breakdown: Breakdown<Category>, with targets: Allocation<Category>) {
        var values = breakdown.usdByCategory.mapValues(\.approximate)
        let classifiedUSD = Category.allCases.reduce(0) { $0 + (values[$1] ?? 0) }
        guard classifiedUSD > 0 else { return nil }
        var everywhereUSD = 0.0
        if let everywhere = Category.everywhere, targets[everywhere] == 0 {
            everywhereUSD = values.removeValue(forKey: everywhere) ?? 0
        }
        var others = false
        if let remainder = Category.remainder, targets[remainder] > 0 {
            for category in Category.allCases where category != remainder && targets[category] == 0 {
                guard let usd = values.removeValue(forKey: category) else { continue }
                values[remainder, default: 0] += usd
            }
            others = true
        }
        dividesEverywhere = everywhereUSD > 0
        parts = Category.allCases.compactMap { category in
            let targetPercent = targets[category]
            let usd = (values[category] ?? 0) + everywhereUSD * targetPercent / 100
            guard usd > 0 || targetPercent > 0 else { return nil }
            return Part(
                category: category, standsForOthers: others && category == Category.remainder,
                sharePercent: usd / classifiedUSD * 100, targetPercent: targetPercent)
        }
    }
}
