import DataAPIClient
import Finance
import Quantities
import Wire

/// Table `users`.
package struct UserStore: Sendable {
    private let database: DataAPIClient

    package init(database: DataAPIClient) {
        self.database = database
    }

    package func user(_ id: Investor.ID) async throws(StoreFailure) -> Dated<Investor>? {
        let rows = try await database.tableRows(
            "SELECT 'investor' AS kind, to_jsonb(users) AS body FROM users WHERE clerk_user_id = \(id)",
            isRepeatable: true)
        return try rows.first.map { row throws(StoreFailure) in try Dated(row, try Investor(row)) }
    }

    /// The investor, created with the schema's defaults at the first visit. Any number of first visits at
    /// once create one.
    package func ensure(_ id: Investor.ID, displayName: String) async throws(StoreFailure) -> (
        investor: Dated<Investor>, created: Bool
    ) {
        // A row that another first visit commits during the statement is in the way of the INSERT and not
        // yet in sight of the SELECT;
        // the second statement sees it.
        for _ in 1...2 {
            let rows = try await database.tableRows(
                """
                WITH added AS (
                    INSERT INTO users (clerk_user_id, display_name) VALUES (\(id), \(displayName))
                    ON CONFLICT DO NOTHING RETURNING *)
                SELECT 'created' AS kind, to_jsonb(added) AS body FROM added
                UNION ALL
                SELECT 'investor', to_jsonb(users) FROM users WHERE clerk_user_id = \(id)
                """, isRepeatable: true)
            if let row = rows.first {
                return (try Dated(row, try Investor(row)), created: row.kind == "created")
            }
        }
        throw .notFound(.investor)
    }

    /// Deletes investors with all they have: accounts, positions, analyses. Those who are not there are not
    /// missed.
    ///
    /// - Returns: How many there were.
    @discardableResult
    package func delete(_ ids: [Investor.ID]) async throws(StoreFailure) -> Int {
        try await database.change(
            """
            DELETE FROM users WHERE clerk_user_id IN (
                SELECT jsonb_array_elements_text(\(json: .array(ids.map { .string($0) }))::jsonb))
            """)
    }

    /// - Throws: ``StoreFailure/notFound(_:)``, or ``StoreFailure/invalid(_:)`` when a value is out of the
    ///   schema's bounds.
    package func update(_ id: Investor.ID, _ change: UserChange) async throws(StoreFailure) -> Dated<Investor>
    {
        let rows = try await database.tableRows(
            """
            UPDATE users SET
                display_name = coalesce(\(change.displayName)::text, display_name),
                years_until_retirement =
                    coalesce(\(change.yearsUntilRetirement)::integer, years_until_retirement),
                target_retirement_income =
                    coalesce(\(change.targetRetirementIncomeUSD)::numeric, target_retirement_income),
                asset_class_targets =
                    coalesce(\(json: change.assetClassTargets?.json)::jsonb, asset_class_targets),
                region_targets = coalesce(\(json: change.regionTargets?.json)::jsonb, region_targets),
                birth_year = CASE WHEN \(change.birthYear.isSet)
                    THEN \(change.birthYear.value)::integer ELSE birth_year END,
                yearly_contribution = CASE WHEN \(change.yearlyContributionUSD.isSet)
                    THEN \(change.yearlyContributionUSD.value)::numeric ELSE yearly_contribution END,
                retirement_years = CASE WHEN \(change.retirementYears.isSet)
                    THEN \(change.retirementYears.value)::integer ELSE retirement_years END
            WHERE clerk_user_id = \(id)
            RETURNING 'investor' AS kind, to_jsonb(users) AS body
            """, isRepeatable: true)
        guard let row = rows.first else { throw .notFound(.investor) }
        return try Dated(row, try Investor(row))
    }
}

/// What is to change about an investor; `nil` keeps.
package struct UserChange: Sendable, Equatable {
    package var displayName: String?
    package var yearsUntilRetirement: Int?
    package var targetRetirementIncomeUSD: Decimal?
    package var assetClassTargets: Allocation<AssetClass>?
    package var regionTargets: Allocation<Region>?
    package var birthYear: Edit<Int> = .keep
    package var yearlyContributionUSD: Edit<Decimal> = .keep
    package var retirementYears: Edit<Int> = .keep

    package init() {}
}
