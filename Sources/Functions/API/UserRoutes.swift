import Finance
import Store
import Wire

/// The signed-in investor.
struct UserRoutes: Sendable {
    let users: UserStore

    static let fields: [Field] = [
        .optional("display_name", .text(1...255)),
        .optional("years_until_retirement", .integer(0...100)),
        .optional("target_retirement_income", .decimal(0, 9_999_999_999, fractionDigits: 2)),
        .optional("asset_class_targets", .assetClassTargets),
        .optional("region_targets", .regionTargets),
        .optional("birth_year", .integer(1900...2100), isNullable: true),
        .optional("retirement_years", .integer(1...70), isNullable: true),
        .optional("yearly_contribution", .decimal(0, 9_999_999_999, fractionDigits: 2), isNullable: true),
    ]

    /// Created with defaults at the first visit.
    func show(_ call: Call) async throws -> Answer {
        let (investor, created) = try await users.ensure(call.identity)
        return Answer(["user": investor.view(\.members), "created": .bool(created)])
    }

    func update(_ call: Call) async throws -> Answer {
        guard !call.body.isEmpty else { throw Problem.malformed("the body names nothing to change") }
        var change = UserChange()
        change.displayName = call.body.text("display_name")
        change.yearsUntilRetirement = call.body.int("years_until_retirement")
        change.targetRetirementIncomeUSD = call.body.decimal("target_retirement_income")
        change.assetClassTargets = call.body.allocation("asset_class_targets", AssetClass.self)
        change.regionTargets = call.body.allocation("region_targets", Region.self)
        if call.body.has("birth_year") { change.birthYear = .set(call.body.int("birth_year")) }
        if call.body.has("retirement_years") {
            change.retirementYears = .set(call.body.int("retirement_years"))
        }
        if call.body.has("yearly_contribution") {
            change.yearlyContributionUSD = .set(call.body.decimal("yearly_contribution"))
        }
        return Answer(try await users.update(call.identity.subject, change).view(\.members))
    }
}

extension UserStore {
    /// Of tokens without a name.
    private static let defaultName = "New User"

    /// The investor, created with defaults at the first visit.
    func ensure(_ identity: Identity) async throws(StoreFailure) -> (investor: Dated<Investor>, created: Bool)
    {
        try await ensure(identity.subject, displayName: identity.name ?? Self.defaultName)
    }
}
