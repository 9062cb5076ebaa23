import Finance
import Quantities
import Wire

extension Investor {
    init(_ row: TableRow) throws(StoreFailure) {
        guard let assetClassTargets = try row.allocation("asset_class_targets", of: AssetClass.self) else {
            throw .malformedRow(table: row.kind, column: "asset_class_targets")
        }
        guard let regionTargets = try row.allocation("region_targets", of: Region.self) else {
            throw .malformedRow(table: row.kind, column: "region_targets")
        }
        self.init(
            id: try row.required("clerk_user_id"), displayName: try row.required("display_name"),
            yearsUntilRetirement: try row.required("years_until_retirement"),
            targetRetirementIncomeUSD: try row.required("target_retirement_income"),
            assetClassTargets: assetClassTargets, regionTargets: regionTargets,
            birthYear: try row.optional("birth_year"),
            yearlyContributionUSD: try row.optional("yearly_contribution"),
            retirementYears: try row.optional("retirement_years"))
    }
}

extension Account {
    init(_ row: TableRow, positions: [Position]) throws(StoreFailure) {
        self.init(
            id: try row.required("id"), name: try row.required("account_name"),
            purpose: try row.optional("account_purpose"), cashUSD: try row.required("cash_balance"),
            cashInterestFraction: try row.required("cash_interest"), positions: positions)
    }
}

extension Position {
    init(_ row: TableRow) throws(StoreFailure) {
        self.init(
            id: try row.required("id"), symbol: try row.required("symbol"),
            quantity: try row.required("quantity"), asOf: try row.required("as_of_date"))
    }
}

extension Instrument {
    init(_ row: TableRow) throws(StoreFailure) {
        self.init(
            symbol: try row.required("symbol"), name: try row.required("name"),
            type: try row.optional("instrument_type"), price: try Price(row),
            classification: try Classification(row))
    }
}

extension Price {
    /// `nil` when the instrument has no price.
    fileprivate init?(_ row: TableRow) throws(StoreFailure) {
        guard let usd = try row.optional("current_price", as: Decimal.self) else { return nil }
        self.init(usd: usd, asOf: try row.required("price_as_of"), source: try row.required("price_source"))
    }
}

extension Classification {
    /// `nil` unless all three points of view are known.
    fileprivate init?(_ row: TableRow) throws(StoreFailure) {
        guard let assetClasses = try row.allocation("allocation_asset_class", of: AssetClass.self),
            let regions = try row.allocation("allocation_regions", of: Region.self),
            let sectors = try row.allocation("allocation_sectors", of: Sector.self)
        else { return nil }
        self.init(assetClasses: assetClasses, regions: regions, sectors: sectors)
    }
}

extension Allocation {
    /// The form of the tables: `{"equity": 70, "fixed_income": 30}`.
    var json: JSONValue {
        .object(Dictionary(uniqueKeysWithValues: parts.map { ($0.category.rawValue, .number($0.percent)) }))
    }
}
