import DataAPIClient
import Finance
import Quantities

/// Tables `accounts` and `positions`. Whose they are is part of every statement.
package struct PortfolioStore: Sendable {
    /// Of one household. It is read in one answer, which has to stay below the Data API's 1 MiB: 500
    /// positions take some 400 KB with ordinary classifications, and 900 KB with the longest there can be.
    package static let accountLimit = 50
    package static let positionLimit = 500

    let database: DataAPIClient

    package init(database: DataAPIClient) {
        self.database = database
    }

    /// - Throws: ``StoreFailure/notFound(_:)`` when there is no such investor.
    package func portfolio(of owner: Investor.ID) async throws(StoreFailure) -> Portfolio {
        try await household(of: owner).portfolio
    }

    /// With their positions, oldest first.
    ///
    /// - Throws: ``StoreFailure/notFound(_:)`` when there is no such investor.
    package func accounts(of owner: Investor.ID) async throws(StoreFailure) -> [Dated<Account>] {
        try await household(of: owner).accounts
    }

    /// - Throws: ``StoreFailure/notFound(_:)`` when there is no such investor, ``StoreFailure/conflict(_:)``
    ///   when there are ``accountLimit`` already.
    package func createAccount(_ account: NewAccount, for owner: Investor.ID) async throws(StoreFailure)
        -> Dated<Account>
    {
        let rows = try await database.tableRows(
            """
            WITH owner AS (SELECT clerk_user_id FROM users WHERE clerk_user_id = \(owner)), added AS (
                INSERT INTO accounts (
                    clerk_user_id, account_name, account_purpose, cash_balance, cash_interest)
                SELECT clerk_user_id, \(account.name)::text, \(account.purpose)::text,
                    \(account.cashUSD)::numeric, \(account.cashInterestFraction)::numeric
                FROM owner
                WHERE (SELECT count(*) FROM accounts WHERE clerk_user_id = \(owner)) < \(Self.accountLimit)
                RETURNING *)
            SELECT 'account' AS kind, to_jsonb(added) AS body FROM owner LEFT JOIN added ON true
            """)
        guard let row = rows.first else { throw .notFound(.investor) }
        guard !row.body.isNull else {
            throw Self.tooManyAccounts
        }
        return try Dated(row, try Account(row, positions: []))
    }

    /// - Returns: The account, its positions left out.
    package func updateAccount(_ id: Account.ID, of owner: Investor.ID, _ change: AccountChange)
        async throws(StoreFailure) -> Dated<Account>
    {
        let rows = try await database.tableRows(
            """
            WITH target AS (\(Self.account(id, of: owner))), changed AS (
                UPDATE accounts SET
                    account_name = coalesce(\(change.name)::text, account_name),
                    account_purpose = CASE WHEN \(change.purpose.isSet)
                        THEN \(change.purpose.value)::text ELSE account_purpose END,
                    cash_balance = coalesce(\(change.cashUSD)::numeric, cash_balance),
                    cash_interest = coalesce(\(change.cashInterestFraction)::numeric, cash_interest)
                FROM target WHERE accounts.id = target.id AND yours
                RETURNING accounts.*)
            SELECT CASE WHEN yours THEN 'account' ELSE 'foreign' END AS kind, to_jsonb(changed) AS body
            FROM target LEFT JOIN changed ON true
            """, isRepeatable: true)
        let row = try Self.mine(rows, .account)
        return try Dated(row, try Account(row, positions: []))
    }

    /// With all its positions.
    package func deleteAccount(_ id: Account.ID, of owner: Investor.ID) async throws(StoreFailure) {
        let rows = try await database.tableRows(
            """
            WITH target AS (\(Self.account(id, of: owner))), deleted AS (
                DELETE FROM accounts USING target WHERE accounts.id = target.id AND yours
                RETURNING accounts.id)
            SELECT CASE WHEN yours THEN 'account' ELSE 'foreign' END AS kind, to_jsonb(deleted) AS body
            FROM target LEFT JOIN deleted ON true
            """)
        _ = try Self.mine(rows, .account)
    }

    /// All accounts with their positions.
    ///
    /// - Returns: How many accounts there were.
    package func deleteAll(of owner: Investor.ID) async throws(StoreFailure) -> Int {
        try await database.change("DELETE FROM accounts WHERE clerk_user_id = \(owner)")
    }

    /// Investor, accounts and portfolio in one call.
    ///
    /// - Throws: ``StoreFailure/notFound(_:)`` when there is no such investor.
    package func household(of owner: Investor.ID) async throws(StoreFailure) -> Household {
        let rows = try await database.tableRows(Household.rows(of: "\(owner)"), isRepeatable: true)
        guard let household = try Household(rows) else { throw .notFound(.investor) }
        return household
    }

    static let tooManyAccounts = StoreFailure.conflict("a household has at most \(accountLimit) accounts")
    static let tooManyPositions = StoreFailure.conflict("a household has at most \(positionLimit) positions")

    /// The account with that id, whoever has it, and whether that is `owner`. Locked until the statement
    /// ends.
    static func account(_ id: Account.ID, of owner: Investor.ID) -> SQLStatement {
        "SELECT id, clerk_user_id = \(owner) AS yours FROM accounts WHERE id = \(id)::uuid FOR UPDATE"
    }

    /// The row of a statement about one thing, after a look at whose it is.
    static func mine(_ rows: [TableRow], _ thing: StoreFailure.Thing) throws(StoreFailure) -> TableRow {
        guard let row = rows.first else { throw .notFound(thing) }
        guard row.kind != "foreign" else { throw .notYours(thing) }
        guard !row.body.isNull else { throw .notFound(thing) }
        return row
    }
}

package struct NewAccount: Sendable, Equatable {
    package let name: String
    package let purpose: String?
    package let cashUSD: Decimal
    package let cashInterestFraction: Decimal

    package init(
        name: String, purpose: String? = nil, cashUSD: Decimal = 0, cashInterestFraction: Decimal = 0
    ) {
        self.name = name
        self.purpose = purpose
        self.cashUSD = cashUSD
        self.cashInterestFraction = cashInterestFraction
    }
}

/// What is to change about an account; `nil` keeps.
package struct AccountChange: Sendable, Equatable {
    package var name: String?
    package var purpose: Edit<String> = .keep
    package var cashUSD: Decimal?
    package var cashInterestFraction: Decimal?

    package init() {}
}
