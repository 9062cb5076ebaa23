import Finance
import Quantities
import Wire

/// A household written down in a file, for the golden portfolios in `Tests/Fixtures/facts/`.
///
/// Amounts and quantities are decimal text; accounts and positions get identifiers by their place in the
/// file.
package struct HouseholdFixture: Sendable {
    /// What is special about it.
    package let about: String
    /// When it is valued.
    package let asOf: Timestamp
    package let investor: Investor
    package let portfolio: Portfolio

    /// - Throws: ``HouseholdFixtureFailure`` for a member that is missing or not as it should be.
    package init(_ json: JSONValue) throws {
        about = try json.word("about")
        asOf = try json.moment("as_of")
        investor = try Self.investor(json.member("investor"))
        let instruments = try json.list("instruments").map(Self.instrument)
        portfolio = Portfolio(
            accounts: try json.list("accounts").enumerated().map { try Self.account($1, number: $0 + 1) },
            instruments: Dictionary(uniqueKeysWithValues: instruments.map { ($0.symbol, $0) }))
    }

    private static func investor(_ json: JSONValue) throws -> Investor {
        Investor(
            id: "user_golden", displayName: "Golden",
            yearsUntilRetirement: try json.whole("years_until_retirement"),
            targetRetirementIncomeUSD: try json.decimal("target_income_usd"),
            assetClassTargets: try json.allocation("asset_class_targets"),
            regionTargets: try json.allocation("region_targets"), birthYear: json["birth_year"]?.int,
            yearlyContributionUSD: json.has("yearly_contribution_usd")
                ? try json.decimal("yearly_contribution_usd") : nil)
    }

    private static func account(_ json: JSONValue, number: Int) throws -> Account {
        Account(
            id: try id(number), name: try json.word("name"), purpose: json["purpose"]?.string,
            cashUSD: try json.decimal("cash_usd"),
            cashInterestFraction: try json.decimal("cash_interest_fraction"),
            positions: try json.list("positions").enumerated().map { index, position in
                Position(
                    id: try id(number * 1000 + index), symbol: try position.symbol(),
                    quantity: try position.decimal("quantity"), asOf: CalendarDate(daysSinceEpoch: 20_777))
            })
    }

    private static func instrument(_ json: JSONValue) throws -> Instrument {
        var classification: Classification?
        if json.has("classification") {
            let tags = try json.member("classification")
            classification = Classification(
                assetClasses: try tags.allocation("asset_classes"), regions: try tags.allocation("regions"),
                sectors: try tags.allocation("sectors"))
        }
        return Instrument(
            symbol: try json.symbol(), name: try json.word("name"),
            type: json["type"]?.string.flatMap(InstrumentType.init),
            price: json.has("price") ? try price(json.member("price")) : nil, classification: classification)
    }

    private static func price(_ json: JSONValue) throws -> Price {
        guard let source = PriceSource(rawValue: try json.word("source")),
            let price = Price(usd: try json.decimal("usd"), asOf: try json.moment("as_of"), source: source)
        else { throw HouseholdFixtureFailure(member: "price") }
        return price
    }

    private static func id(_ number: Int) throws -> UUID {
        let digits = String(number)
        let text = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        guard let id = UUID(text) else { throw HouseholdFixtureFailure(member: "id") }
        return id
    }
}

/// A member of a household's file is missing or not as it should be.
package struct HouseholdFixtureFailure: Error, CustomStringConvertible {
    package let member: String

    package var description: String { "`\(member)` of a household is missing or cannot be read" }
}

extension JSONValue {
    fileprivate func has(_ name: String) -> Bool { self[name].map { !$0.isNull } ?? false }

    fileprivate func member(_ name: String) throws -> JSONValue { try required(self[name], name) }
    fileprivate func word(_ name: String) throws -> String { try required(self[name]?.string, name) }
    fileprivate func whole(_ name: String) throws -> Int { try required(self[name]?.int, name) }
    fileprivate func list(_ name: String) throws -> [JSONValue] { try required(self[name]?.array, name) }
    fileprivate func decimal(_ name: String) throws -> Decimal { try required(Decimal(try word(name)), name) }
    fileprivate func moment(_ name: String) throws -> Timestamp {
        try required(Timestamp(try word(name)), name)
    }
    fileprivate func symbol() throws -> Symbol { try required(Symbol(try text("symbol")), "symbol") }

    fileprivate func allocation<Category: AllocationCategory>(_ name: String) throws -> Allocation<Category> {
        var parts: [Category: Double] = [:]
        for (key, percent) in try required(self[name]?.object, name) {
            parts[try required(Category(rawValue: key), key)] = try required(percent.double, key)
        }
        return try Allocation(parts)
    }

    private func required<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw HouseholdFixtureFailure(member: name) }
        return value
    }
}
