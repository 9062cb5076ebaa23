/// How a holding divides over the cases of one category, such as ``AssetClass``.
///
/// Percentages, 0...100, summing to 100 +- ``tolerancePercent``. Zero parts are left out.
package struct Allocation<Category: AllocationCategory>: Sendable, Equatable {
    package static var tolerancePercent: Double { 0.05 }

    package let percentByCategory: [Category: Double]

    /// - Throws: ``AllocationFailure`` when a part is negative or not finite, or the parts do not make a
    ///   whole.
    package init(_ percentByCategory: [Category: Double]) throws(AllocationFailure) {
        for (category, percent) in percentByCategory where !percent.isFinite || percent < 0 || percent > 100 {
            throw .partOutOfRange(category: category.rawValue, percent: percent)
        }
        let sum = percentByCategory.values.reduce(0, +)
        guard abs(sum - 100) <= Self.tolerancePercent else { throw .sumIsNot100(percent: sum) }
        self.percentByCategory = percentByCategory.filter { $0.value > 0 }
    }

    private init(whole category: Category) {
        percentByCategory = [category: 100]
    }

    package static func entirely(_ category: Category) -> Allocation { Allocation(whole: category) }

    /// Percent of a category, 0 where it has no part.
    package subscript(category: Category) -> Double { percentByCategory[category] ?? 0 }

    /// The parts, in the order in which the category lists its cases.
    package var parts: [(category: Category, percent: Double)] {
        Category.allCases.compactMap { category in percentByCategory[category].map { (category, $0) } }
    }
}

package enum AllocationFailure: Error, Equatable, CustomStringConvertible {
    case partOutOfRange(category: String, percent: Double)
    case sumIsNot100(percent: Double)

    package var description: String {
        switch self {
        case .partOutOfRange(let category, let percent):
            "\(category) is \(percent) percent; a part lies between 0 and 100"
        case .sumIsNot100(let percent): "the parts sum to \(percent) percent instead of 100"
        }
    }
}
