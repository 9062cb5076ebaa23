import DataAPIClient
import Finance
import Quantities
import Wire

/// An account with its positions and what is known about their instruments.
package struct HeldAccount: Sendable, Equatable {
    package let account: Dated<Account>
    /// By symbol, in the order of the account's.
    package let positions: [HeldPosition]

    package var instruments: [Symbol: Instrument] {
        Dictionary(positions.map { ($0.instrument.symbol, $0.instrument) }) { first, _ in first }
    }
}

/// A position with what is known about its instrument.
package struct HeldPosition: Sendable, Equatable {
    package let position: Dated<Position>
    package let instrument: Instrument
}

extension PortfolioStore {
    /// - Throws: ``StoreFailure/notFound(_:)`` or ``StoreFailure/notYours(_:)``.
    package func account(_ id: Account.ID, for owner: Investor.ID) async throws(StoreFailure) -> HeldAccount {
        let rows = try await database.tableRows(
            """
            WITH target AS (
                SELECT *, clerk_user_id = \(owner) AS yours FROM accounts WHERE id = \(id)::uuid)
            SELECT CASE WHEN yours THEN 'account' ELSE 'foreign' END AS kind,
                CASE WHEN yours THEN to_jsonb(target) - '{clerk_user_id,yours}'::text[] END AS body
            FROM target
            UNION ALL
            SELECT 'position', to_jsonb(positions) || jsonb_build_object(
                'instrument', to_jsonb(instruments) - '{created_at,updated_at}'::text[])
            FROM target JOIN positions ON account_id = target.id AND yours
                JOIN instruments USING (symbol)
            """, isRepeatable: true)
        let head = try Self.mine(rows, .account)
        var positions: [HeldPosition] = []
        for row in rows where row.kind == "position" {
            let instrument = try Instrument(TableRow(kind: "instrument", body: row.required("instrument")))
            positions.append(
                HeldPosition(position: try Dated(row, try Position(row)), instrument: instrument))
        }
        positions.sort { $0.position.symbol < $1.position.symbol }
        let account = try Account(head, positions: positions.map(\.position.value))
        return HeldAccount(account: try Dated(head, account), positions: positions)
    }

    /// Adds a position, or replaces the quantity of the one that is there. An instrument nobody knows is
    /// added, unclassified and unpriced.
    ///
    /// - Parameter asOf: `nil` is today in the database.
    /// - Throws: ``StoreFailure/notFound(_:)`` or ``StoreFailure/notYours(_:)`` for the account,
    ///   ``StoreFailure/conflict(_:)`` when the household has ``positionLimit`` others.
    package func setPosition(
        _ symbol: Symbol, quantity: Decimal, asOf: CalendarDate? = nil, in account: Account.ID,
        of owner: Investor.ID
    ) async throws(StoreFailure) -> Dated<Position> {
        let rows = try await database.tableRows(
            """
            WITH place AS (\(Self.account(account, of: owner))), others AS (
                SELECT count(*) AS count FROM positions JOIN accounts ON accounts.id = account_id
                WHERE clerk_user_id = \(owner)
                    AND (account_id, symbol) <> (\(account)::uuid, \(symbol.description)::text)), target AS (
                SELECT id, yours, yours AND count < \(Self.positionLimit) AS is_free FROM place, others
            ), known AS (
                INSERT INTO instruments (symbol, name)
                SELECT \(symbol.description)::text, \(symbol.description)::text FROM target WHERE is_free
                ON CONFLICT DO NOTHING), saved AS (
                INSERT INTO positions (account_id, symbol, quantity, as_of_date)
                SELECT id, \(symbol.description)::text, \(quantity)::numeric,
                    coalesce(\(asOf)::date, current_date)
                FROM target WHERE is_free
                ON CONFLICT (account_id, symbol)
                    DO UPDATE SET quantity = excluded.quantity, as_of_date = excluded.as_of_date
                RETURNING *)
            SELECT CASE WHEN yours THEN 'position' ELSE 'foreign' END AS kind, to_jsonb(saved) AS body
            FROM target LEFT JOIN saved ON true
            """, isRepeatable: true)
        if let row = rows.first, row.kind == "position", row.body.isNull {
            throw Self.tooManyPositions
        }
        let row = try Self.mine(rows, .account)
        return try Dated(row, try Position(row))
    }

    /// - Parameter asOf: `nil` keeps the day.
    package func updatePosition(
        _ id: Position.ID, of owner: Investor.ID, quantity: Decimal, asOf: CalendarDate? = nil
    ) async throws(StoreFailure) -> Dated<Position> {
        let rows = try await database.tableRows(
            """
            WITH target AS (\(Self.position(id, of: owner))), changed AS (
                UPDATE positions SET quantity = \(quantity)::numeric,
                    as_of_date = coalesce(\(asOf)::date, as_of_date)
                FROM target WHERE positions.id = target.id AND yours
                RETURNING positions.*)
            SELECT CASE WHEN yours THEN 'position' ELSE 'foreign' END AS kind, to_jsonb(changed) AS body
            FROM target LEFT JOIN changed ON true
            """, isRepeatable: true)
        let row = try Self.mine(rows, .position)
        return try Dated(row, try Position(row))
    }

    package func deletePosition(_ id: Position.ID, of owner: Investor.ID) async throws(StoreFailure) {
        let rows = try await database.tableRows(
            """
            WITH target AS (\(Self.position(id, of: owner))), deleted AS (
                DELETE FROM positions USING target WHERE positions.id = target.id AND yours
                RETURNING positions.id)
            SELECT CASE WHEN yours THEN 'position' ELSE 'foreign' END AS kind, to_jsonb(deleted) AS body
            FROM target LEFT JOIN deleted ON true
            """)
        _ = try Self.mine(rows, .position)
    }

    private static func position(_ id: Position.ID, of owner: Investor.ID) -> SQLStatement {
        """
        SELECT positions.id, clerk_user_id = \(owner) AS yours
        FROM positions JOIN accounts ON accounts.id = account_id
        WHERE positions.id = \(id)::uuid FOR UPDATE OF positions
        """
    }
}
