import Finance
import Quantities
import Store
import Wire

struct AccountRoutes: Sendable {
    let portfolios: PortfolioStore

    static let newFields: [Field] = [
        .required("account_name", name), purpose, cash, interest,
    ]

    static let changeFields: [Field] = [
        .optional("account_name", name), purpose, cash, interest,
    ]

    private static let name = Field.Kind.text(1...HoldingsRow.accountNameLimit)
    private static let purpose = Field.optional(
        "account_purpose", .text(1...HoldingsRow.purposeLimit), isNullable: true)
    private static let cash = Field.optional(
        "cash_balance",
        .decimal(0, HoldingsRow.largestCash, fractionDigits: HoldingsRow.cashDecimals))
    private static let interest = Field.optional("cash_interest", .decimal(0, 1, fractionDigits: 4))

    /// Newest first.
    func list(_ call: Call) async throws -> Answer {
        let accounts = try await portfolios.accounts(of: call.identity.subject)
        return Answer(.array(accounts.reversed().map { $0.view(\.members) }))
    }

    /// An account with its positions, each with its value and its weight in the account.
    func show(_ call: Call) async throws -> Answer {
        let id = try call.id("id", of: "the account")
        let held = try await portfolios.account(id, for: call.identity.subject)
        let worth = AccountValuation(of: held.account.value, instruments: held.instruments)
        let positions = zip(held.positions, worth.holdings).map { position, holding in
            position.view(valuedAs: holding, in: worth)
        }
        return Answer(
            held.account.view { account in
                account.members.merging(worth.worth) { _, new in new }
                    .merging(["positions": .array(positions)]) { _, new in new }
            })
    }

    func create(_ call: Call) async throws -> Answer {
        let account = NewAccount(
            name: call.body.text("account_name") ?? "", purpose: call.body.text("account_purpose"),
            cashUSD: call.body.decimal("cash_balance") ?? 0,
            cashInterestFraction: call.body.decimal("cash_interest") ?? 0)
        let created = try await portfolios.createAccount(account, for: call.identity.subject)
        return Answer(created.view(\.members), status: 201)
    }

    func update(_ call: Call) async throws -> Answer {
        guard !call.body.isEmpty else { throw Problem.malformed("the body names nothing to change") }
        var change = AccountChange()
        change.name = call.body.text("account_name")
        if call.body.has("account_purpose") { change.purpose = .set(call.body.text("account_purpose")) }
        change.cashUSD = call.body.decimal("cash_balance")
        change.cashInterestFraction = call.body.decimal("cash_interest")
        let id = try call.id("id", of: "the account")
        let account = try await portfolios.updateAccount(id, of: call.identity.subject, change)
        return Answer(account.view(\.members))
    }

    func delete(_ call: Call) async throws -> Answer {
        try await portfolios.deleteAccount(try call.id("id", of: "the account"), of: call.identity.subject)
        return Answer(["message": "the account and its positions are deleted"])
    }

    func reset(_ call: Call) async throws -> Answer {
        let count = try await portfolios.deleteAll(of: call.identity.subject)
        return Answer(["message": "all accounts are deleted", "accounts_deleted": .number(count)])
    }

    /// Adds the demo accounts to a household without accounts; where they are already, they stay as they are.
    func populate(_ call: Call) async throws -> Answer {
        let created = try await portfolios.populateDemo(of: call.identity.subject)
        let accounts = try await portfolios.accounts(of: call.identity.subject)
        return Answer([
            "message": created > 0
                ? "the demo accounts are there" : "the demo accounts were there already",
            "accounts_created": .number(created),
            "accounts": .array(
                accounts.map { account in
                    account.view { account in
                        account.members.merging([
                            "positions": .array(account.positions.map { .object($0.members) })
                        ]) { _, new in new }
                    }
                }),
        ])
    }
}

extension HeldPosition {
    fileprivate func view(valuedAs holding: HoldingValuation, in account: AccountValuation) -> JSONValue {
        position.view { position in
            position.members.merging([
                "name": .string(instrument.name),
                "instrument_type": .optional(instrument.type?.rawValue),
                "price": .optional(holding.price?.usd.description),
                "price_as_of": .optional(holding.price?.asOf.description),
                "price_source": .optional(holding.price?.source.rawValue),
                "value": .optional(holding.valueUSD?.description),
                "percent": holding.valueUSD.flatMap(account.percent).map { .number($0) } ?? .null,
                "is_classified": .bool(holding.classification != nil),
            ]) { _, new in new }
        }
    }
}
