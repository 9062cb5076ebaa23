/// A way to divide holdings. The raw values are those of the database and the web API.
package protocol AllocationCategory: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The plural that follows "by": `asset class`.
    static var title: String { get }
    /// As a target: all categories the targets do not name.
    static var remainder: Self? { get }
    /// What lies in all other categories at once.
    static var everywhere: Self? { get }
}

extension AllocationCategory {
    package static var remainder: Self? { nil }
    package static var everywhere: Self? { nil }

    /// For people: `North America`.
    package var title: String {
        rawValue.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(
            separator: " ")
    }
}

package enum AssetClass: String, AllocationCategory {
    case equity
    case fixedIncome = "fixed_income"
    case realEstate = "real_estate"
    case commodities
    case cash
    case alternatives

    package static let title = "asset class"
}

package enum Region: String, AllocationCategory {
    case northAmerica = "north_america"
    case europe
    case asia
    case latinAmerica = "latin_america"
    case africa
    case middleEast = "middle_east"
    case oceania
    /// In all regions at once.
    case global
    /// Outside the home market, nobody says where.
    case international

    package static let title = "region"
    package static let remainder: Region? = .international
    package static let everywhere: Region? = .global
}

package enum Sector: String, AllocationCategory {
    case technology
    case healthcare
    case financials
    case consumerDiscretionary = "consumer_discretionary"
    case consumerStaples = "consumer_staples"
    case industrials
    case energy
    case materials
    case utilities
    case realEstate = "real_estate"
    case communication
    case treasury
    case corporate
    case mortgage
    case governmentRelated = "government_related"
    case commodities
    case diversified
    case other

    package static let title = "sector"
}
