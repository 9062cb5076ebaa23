import DataAPIClient
import Finance
import Wire

/// Puts what is shipped into the tables. Everything may be done again, and by several at once.
package struct Seeder: Sendable {
    /// The household of ``testData()``.
    package static let testUser: Investor.ID = "test_user_001"

    private let database: DataAPIClient

    package init(database: DataAPIClient) {
        self.database = database
    }

    /// The 22 instruments: all of them or, if one is not sound, none.
    ///
    /// - Returns: How many there are.
    @discardableResult
    package func instruments() async throws(StoreFailure) -> Int {
        try await database.change(Self.upsert(SeedInstrument.all, onlyIf: "true"))
    }

    /// The user `test_user_001` with three accounts and five positions; one who has accounts keeps them as
    /// they are.
    package func testData() async throws(StoreFailure) {
        try await database.change(
            """
            INSERT INTO users (clerk_user_id, display_name, years_until_retirement, target_retirement_income)
            VALUES (\(Self.testUser), 'Test User', 25, 100000) ON CONFLICT DO NOTHING
            """)
        _ = try await populate(.test, for: Self.testUser)
    }

    /// Adds a household to an investor who has no account. Accounts have ids that follow from owner and name,
    /// so that doing it twice at once gives one household.
    func populate(_ household: SampleHousehold, for owner: Investor.ID) async throws(StoreFailure)
        -> Population
    {
        let rows = try await database.tableRows(
            """
            WITH owner AS (SELECT clerk_user_id FROM users WHERE clerk_user_id = \(owner)),
            empty AS (
                SELECT clerk_user_id FROM owner WHERE NOT EXISTS (
                    SELECT FROM accounts WHERE accounts.clerk_user_id = owner.clerk_user_id)),
            known AS (\(Self.upsert(household.instruments, onlyIf: "EXISTS (SELECT FROM empty)"))),
            sample AS (
                SELECT md5('sample household ' || clerk_user_id || ' ' || name)::uuid AS id, clerk_user_id,
                    name, purpose, cash, interest, positions
                FROM owner, jsonb_to_recordset(\(json: household.json)::jsonb) AS account(
                    name text, purpose text, cash numeric, interest numeric, positions jsonb)),
            added AS (
                INSERT INTO accounts (
                    id, clerk_user_id, account_name, account_purpose, cash_balance, cash_interest)
                SELECT id, clerk_user_id, name, purpose, cash, interest
                FROM sample JOIN empty USING (clerk_user_id)
                ON CONFLICT (id) DO NOTHING RETURNING id),
            held AS (
                INSERT INTO positions (account_id, symbol, quantity)
                SELECT id, key, value::numeric
                FROM sample JOIN empty USING (clerk_user_id), jsonb_each_text(positions)
                ON CONFLICT (account_id, symbol) DO NOTHING)
            SELECT 'sample' AS kind, jsonb_build_object('added', (SELECT count(*) FROM added),
                'is_empty', EXISTS (SELECT FROM empty),
                'is_there', EXISTS (SELECT FROM accounts JOIN sample USING (id))) AS body
            FROM owner
            """, isRepeatable: true)
        guard let row = rows.first else { throw .notFound(.investor) }
        if try !row.required("is_empty") {
            return try row.required("is_there") ? .alreadyThere : .othersAreThere
        }
        let count = try row.required("added", as: Int.self)
        return count > 0 ? .added(count) : .alreadyThere
    }

    enum Population: Sendable, Equatable {
        /// So many accounts.
        case added(Int)
        /// At least some of it; what the household has deleted since stays deleted.
        case alreadyThere
        case othersAreThere
    }

    /// A price from the market and a household's own classification stay as they are.
    private static func upsert(_ instruments: [SeedInstrument], onlyIf condition: SQLStatement)
        -> SQLStatement
    {
        """
        INSERT INTO instruments AS known (
            symbol, name, instrument_type, current_price, price_as_of, price_source,
            allocation_regions, allocation_sectors, allocation_asset_class, classification_source)
        SELECT symbol, name, type, usd, as_of, 'seed', regions, sectors, asset_classes, 'seed'
        FROM jsonb_to_recordset(\(json: .array(instruments.map(\.json)))::jsonb) AS seed(
            symbol text, name text, type text, usd numeric, as_of timestamptz, regions jsonb, sectors jsonb,
            asset_classes jsonb)
        WHERE \(condition)
        ORDER BY symbol
        ON CONFLICT (symbol) DO UPDATE SET name = excluded.name, instrument_type = excluded.instrument_type,
            current_price = CASE WHEN \(priceIsOurs) THEN excluded.current_price ELSE known.current_price END,
            price_as_of = CASE WHEN \(priceIsOurs) THEN excluded.price_as_of ELSE known.price_as_of END,
            price_source = CASE WHEN \(priceIsOurs) THEN 'seed' ELSE known.price_source END,
            allocation_regions = CASE WHEN \(classificationIsOurs)
                THEN excluded.allocation_regions ELSE known.allocation_regions END,
            allocation_sectors = CASE WHEN \(classificationIsOurs)
                THEN excluded.allocation_sectors ELSE known.allocation_sectors END,
            allocation_asset_class = CASE WHEN \(classificationIsOurs)
                THEN excluded.allocation_asset_class ELSE known.allocation_asset_class END,
            classification_source = CASE WHEN \(classificationIsOurs)
                THEN 'seed' ELSE known.classification_source END
        """
    }

    private static let priceIsOurs: SQLStatement = "coalesce(known.price_source, 'seed') = 'seed'"
    private static let classificationIsOurs: SQLStatement =
        "coalesce(known.classification_source, 'seed') <> 'household'"
}

extension PortfolioStore {
    /// Adds the demo household, three accounts with 17 positions, to a household without accounts.
    ///
    /// - Returns: How many accounts were added: 0 when they, or some of them, were there already.
    /// - Throws: ``StoreFailure/notFound(_:)`` when there is no such investor, ``StoreFailure/conflict(_:)``
    ///   when the household has other accounts.
    @discardableResult
    package func populateDemo(of owner: Investor.ID) async throws(StoreFailure) -> Int {
        switch try await Seeder(database: database).populate(.demo, for: owner) {
        case .added(let count): return count
        case .alreadyThere: return 0
        case .othersAreThere:
            throw .conflict(
                "the demo accounts are for a household without accounts, and this one has some already")
        }
    }
}
