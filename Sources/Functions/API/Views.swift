import Finance
import Quantities
import Store
import Wire

// How things look in answers: the names of the database's columns. Exact decimals travel as text, so that no
// reader rounds them.

extension Dated {
    /// Adds the times of the row.
    func view(_ members: (Value) -> [String: JSONValue]) -> JSONValue {
        var members = members(value)
        members["created_at"] = .string(createdAt.description)
        members["updated_at"] = .string(updatedAt.description)
        return .object(members)
    }
}

extension Investor {
    var members: [String: JSONValue] {
        [
            "clerk_user_id": .string(id),
            "display_name": .string(displayName),
            "years_until_retirement": .number(yearsUntilRetirement),
            "target_retirement_income": .string(targetRetirementIncomeUSD.description),
            "asset_class_targets": assetClassTargets.view,
            "region_targets": regionTargets.view,
            "birth_year": birthYear.map { .number($0) } ?? .null,
            "yearly_contribution": .optional(yearlyContributionUSD?.description),
            "retirement_years": retirementYears.map { .number($0) } ?? .null,
        ]
    }
}

extension Account {
    /// Without the positions.
    var members: [String: JSONValue] {
        [
            "id": .string(id.description),
            "account_name": .string(name),
            "account_purpose": .optional(purpose),
            "cash_balance": .string(cashUSD.description),
            "cash_interest": .string(cashInterestFraction.description),
        ]
    }
}

extension Position {
    var members: [String: JSONValue] {
        [
            "id": .string(id.description),
            "symbol": .string(symbol.description),
            "quantity": .string(quantity.description),
            "as_of_date": .string(asOf.description),
        ]
    }
}

extension Instrument {
    var members: [String: JSONValue] {
        [
            "symbol": .string(symbol.description),
            "name": .string(name),
            "instrument_type": .optional(type?.rawValue),
            "current_price": price.map { .number($0.usd) } ?? .null,
            "price_as_of": .optional(price?.asOf.description),
            "price_source": .optional(price?.source.rawValue),
            "allocation_asset_class": classification?.assetClasses.view ?? .null,
            "allocation_regions": classification?.regions.view ?? .null,
            "allocation_sectors": classification?.sectors.view ?? .null,
        ]
    }
}

extension Allocation {
    var view: JSONValue {
        .object(Dictionary(uniqueKeysWithValues: parts.map { ($0.category.rawValue, .number($0.percent)) }))
    }
}
