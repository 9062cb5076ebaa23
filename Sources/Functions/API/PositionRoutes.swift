import Finance
import Quantities
import Store
import Wire

struct PositionRoutes: Sendable {
    let portfolios: PortfolioStore
    let instruments: InstrumentStore

    static let newFields: [Field] = [
        .required("account_id", .uuid),
        .required("symbol", .symbol),
        quantity,
        .optional("as_of_date", .date),
        .optional(
            "price",
            .positiveDecimal(upTo: HoldingsRow.largestPrice, fractionDigits: HoldingsRow.priceDecimals)),
    ]

    static let changeFields: [Field] = [
        quantity,
        .optional("as_of_date", .date),
    ]

    private static let quantity = Field.required(
        "quantity",
        .positiveDecimal(upTo: HoldingsRow.largestQuantity, fractionDigits: HoldingsRow.quantityDecimals))

    func list(_ call: Call) async throws -> Answer {
        let id = try call.id("id", of: "the account")
        let held = try await portfolios.account(id, for: call.identity.subject)
        return Answer(["positions": .array(held.positions.map { Self.view($0, in: id) })])
    }

    /// Adds a position or replaces the quantity of the one that is there. A symbol nobody knows becomes an
    /// instrument that is not classified yet; the household's own `price` counts only where there is no
    /// other.
    func set(_ call: Call) async throws -> Answer {
        guard let account = call.body.uuid("account_id"), let symbol = call.body.symbol("symbol"),
            let quantity = call.body.decimal("quantity")
        else { throw Problem.malformed("the body is incomplete") }
        let position = try await portfolios.setPosition(
            symbol, quantity: quantity, asOf: call.body.date("as_of_date"), in: account,
            of: call.identity.subject)
        if let usd = call.body.decimal("price"),
            let price = Price(usd: usd, asOf: call.now, source: .household)
        {
            try await instruments.save(prices: [symbol: price])
        }
        return Answer(
            position.view {
                $0.members.merging(["account_id": .string(account.description)]) { _, new in new }
            }, status: 201)
    }

    func update(_ call: Call) async throws -> Answer {
        guard let quantity = call.body.decimal("quantity") else {
            throw Problem.malformed("the body is incomplete")
        }
        let position = try await portfolios.updatePosition(
            try call.id("id", of: "the position"), of: call.identity.subject, quantity: quantity,
            asOf: call.body.date("as_of_date"))
        return Answer(position.view(\.members))
    }

    func delete(_ call: Call) async throws -> Answer {
        try await portfolios.deletePosition(try call.id("id", of: "the position"), of: call.identity.subject)
        return Answer(["message": "the position is deleted"])
    }

    private static func view(_ held: HeldPosition, in account: Account.ID) -> JSONValue {
        held.position.view { position in
            position.members.merging([
                "account_id": .string(account.description),
                "instrument_name": .string(held.instrument.name),
                "instrument_type": .optional(held.instrument.type?.rawValue),
                "current_price": .optional(held.instrument.price?.usd.description),
                "instrument": .object(held.instrument.members),
            ]) { _, new in new }
        }
    }
}
