import DataAPIClient
import Finance
import Quantities
import Wire

/// Investor, accounts, positions and instruments, read by one statement.
package struct Household: Sendable {
    package let investor: Dated<Investor>
    /// Oldest first, as in the portfolio.
    package let accounts: [Dated<Account>]
    package let portfolio: Portfolio

    /// The rows of one household, for the end of a statement that returns `(kind, body)`.
    ///
    /// - Parameter owner: A value, or a sub-select that yields one user or none.
    static func rows(of owner: SQLStatement) -> SQLStatement {
        """
        SELECT 'investor' AS kind, to_jsonb(users) AS body FROM users WHERE clerk_user_id = \(owner)
        UNION ALL
        SELECT 'account', to_jsonb(accounts) - 'clerk_user_id' FROM accounts WHERE clerk_user_id = \(owner)
        UNION ALL
        SELECT 'position', to_jsonb(positions) - '{created_at,updated_at}'::text[]
        FROM positions JOIN accounts ON accounts.id = account_id WHERE clerk_user_id = \(owner)
        UNION ALL
        SELECT 'instrument', to_jsonb(instruments) - '{created_at,updated_at}'::text[]
        FROM instruments WHERE symbol IN (
            SELECT symbol FROM positions JOIN accounts ON accounts.id = account_id
            WHERE clerk_user_id = \(owner))
        """
    }

    /// - Returns: `nil` when there is no such investor among the rows.
    init?(_ rows: [TableRow]) throws(StoreFailure) {
        guard let owner = rows.first(where: { $0.kind == "investor" }) else { return nil }
        var positionsByAccount: [Account.ID: [Position]] = [:]
        var instruments: [Symbol: Instrument] = [:]
        for row in rows where row.kind == "position" {
            positionsByAccount[try row.required("account_id"), default: []].append(try Position(row))
        }
        for row in rows where row.kind == "instrument" {
            let instrument = try Instrument(row)
            instruments[instrument.symbol] = instrument
        }
        var accounts: [Dated<Account>] = []
        for row in rows where row.kind == "account" {
            let positions = positionsByAccount[try row.required("id")] ?? []
            accounts.append(
                try Dated(row, try Account(row, positions: positions.sorted { $0.symbol < $1.symbol })))
        }
        accounts.sort {
            ($0.createdAt, $0.name, $0.id.description) < ($1.createdAt, $1.name, $1.id.description)
        }
        investor = try Dated(owner, try Investor(owner))
        self.accounts = accounts
        portfolio = Portfolio(accounts: accounts.map(\.value), instruments: instruments)
    }
}
