import DataAPIClient
import Finance
import Quantities
import Wire

extension PortfolioStore {
    /// How often an import starts again because another one of the same household was quicker.
    private static let importAttempts = 10

    /// Takes over the rows of a file, all that are fine at once.
    ///
    /// What is there is read, ``HoldingsImport`` says what to do about each row, and one statement does it,
    /// provided that no other import has written in between: the row of the investor, which every import that
    /// writes touches, shows that. An import that changes nothing writes nothing.
    ///
    /// - Parameters:
    ///   - home: The account of rows that name none.
    ///   - isDryRun: Only says what would happen.
    ///   - now: The time of prices the rows bring along.
    /// - Throws: ``StoreFailure/notFound(_:)`` without such an investor or home,
    ///   ``StoreFailure/notYours(_:)`` when somebody else has the home, ``StoreFailure/conflict(_:)`` when
    ///   the household would have more than ``accountLimit`` accounts or ``positionLimit`` positions.
    package func importHoldings(
        _ rows: [[HoldingsRow.Column: String]], home: Account.ID? = nil, isDryRun: Bool, at now: Timestamp,
        of owner: Investor.ID
    ) async throws(StoreFailure) -> HoldingsImport {
        var random = SystemRandomNumberGenerator()
        for _ in 1...Self.importAttempts {
            let household = try await household(of: owner)
            let accounts = household.portfolio.accounts
            if let home, !accounts.contains(where: { $0.id == home }) {
                // Not there or not theirs: that answer is this question's failure. Or opened just now.
                _ = try await account(home, for: owner)
                continue
            }
            let plan = HoldingsImport(rows, into: household.portfolio, home: home, using: &random)
            guard accounts.count + plan.opened.count <= Self.accountLimit else { throw Self.tooManyAccounts }
            let positionCount = accounts.reduce(plan.newPositionsCount) { $0 + $1.positions.count }
            guard positionCount <= Self.positionLimit else { throw Self.tooManyPositions }
            if isDryRun || plan.changesNothing { return plan }
            let isWritten = try await write(plan, onlyIf: household.investor.updatedAt, at: now, of: owner)
            if isWritten { return plan }
        }
        throw .conflict("other imports of this household are under way; try again in a moment")
    }

    /// - Parameter version: When the investor's row was last changed.
    /// - Returns: `false` when it has been changed since, and nothing was written.
    private func write(
        _ plan: HoldingsImport, onlyIf version: Timestamp, at now: Timestamp, of owner: Investor.ID
    ) async throws(StoreFailure) -> Bool {
        let symbols = Set(plan.positions.map(\.symbol)).union(plan.prices.keys).sorted()
        let quotes = symbols.map { symbol -> JSONValue in
            ["symbol": .string(symbol.description), "usd": plan.prices[symbol].map { .number($0) } ?? .null]
        }
        // Somebody who changes the investor's row at the same time makes this wait and then look again. An
        // account that is being deleted is passed by, as if it had been deleted just after.
        let rows = try await database.tableRows(
            """
            WITH household AS MATERIALIZED (
                SELECT clerk_user_id FROM users
                WHERE clerk_user_id = \(owner) AND updated_at = \(version)::timestamptz FOR UPDATE),
            touched AS (
                UPDATE users SET updated_at = now() FROM household
                WHERE users.clerk_user_id = household.clerk_user_id),
            kept AS MATERIALIZED (
                SELECT id FROM accounts JOIN household USING (clerk_user_id) FOR KEY SHARE OF accounts),
            opened AS (
                INSERT INTO accounts (id, clerk_user_id, account_name, account_purpose, cash_balance)
                SELECT id, clerk_user_id, name, purpose, coalesce(cash, 0)
                FROM household, \(Self.accounts(plan.opened))
                RETURNING id),
            changed AS (
                UPDATE accounts SET cash_balance = coalesce(cash, cash_balance),
                    account_purpose = coalesce(purpose, account_purpose)
                FROM kept JOIN \(Self.accounts(plan.changed)) USING (id) WHERE accounts.id = kept.id),
            known AS (
                INSERT INTO instruments (symbol, name, current_price, price_as_of, price_source)
                SELECT symbol, symbol, usd, CASE WHEN usd IS NOT NULL THEN \(now)::timestamptz END,
                    CASE WHEN usd IS NOT NULL THEN 'household' END
                FROM household, jsonb_to_recordset(\(json: .array(quotes))::jsonb) AS quote(
                    symbol text, usd numeric)
                ORDER BY symbol
                ON CONFLICT (symbol) DO UPDATE SET current_price = excluded.current_price,
                    price_as_of = excluded.price_as_of, price_source = excluded.price_source
                WHERE instruments.current_price IS NULL AND excluded.current_price IS NOT NULL),
            held AS (
                INSERT INTO positions (account_id, symbol, quantity)
                SELECT id, symbol, quantity
                FROM (SELECT id FROM kept UNION ALL SELECT id FROM opened) AS place
                    JOIN \(Self.positions(plan.positions)) USING (id)
                ON CONFLICT (account_id, symbol)
                    DO UPDATE SET quantity = excluded.quantity, as_of_date = excluded.as_of_date)
            SELECT 'household' AS kind, to_jsonb(household) AS body FROM household
            """, isRepeatable: true)
        return !rows.isEmpty
    }

    private static func accounts(_ entries: [HoldingsImport.AccountEntry]) -> SQLStatement {
        let documents = entries.map { entry -> JSONValue in
            [
                "id": .string(entry.id.description), "name": .string(entry.name),
                "purpose": .optional(entry.purpose), "cash": entry.cash.map { .number($0) } ?? .null,
            ]
        }
        return """
            jsonb_to_recordset(\(json: .array(documents))::jsonb) AS entry(
                id uuid, name text, purpose text, cash numeric)
            """
    }

    private static func positions(_ entries: [HoldingsImport.PositionEntry]) -> SQLStatement {
        let documents = entries.map { entry -> JSONValue in
            [
                "id": .string(entry.account.description), "symbol": .string(entry.symbol.description),
                "quantity": .number(entry.quantity),
            ]
        }
        return """
            jsonb_to_recordset(\(json: .array(documents))::jsonb) AS entry(
                id uuid, symbol text, quantity numeric)
            """
    }
}
