import Wire

/// Puts a holdings file into a household, through the web API.
struct HoldingsUpload: Sendable {
    let api: WebAPI

    /// - Parameter profile: Members of `PUT /api/user`; empty leaves the profile as it is.
    func replace(with holdings: HoldingsFile, profile: [String: JSONValue]) async throws {
        _ = try await api.send(.get, "/api/user")
        if !profile.isEmpty { _ = try await api.send(.put, "/api/user", body: .object(profile)) }
        _ = try await api.send(.delete, "/api/reset-accounts")
        for account in holdings.accounts { try await add(account) }
    }

    private func add(_ account: HoldingsFile.Account) async throws {
        var body: [String: JSONValue] = [
            "account_name": .string(account.name), "cash_balance": .string((account.cash ?? 0).description),
        ]
        if let purpose = account.purpose { body["account_purpose"] = .string(purpose) }
        let created = try await api.send(.post, "/api/accounts", body: .object(body))
        for position in account.positions {
            var body: [String: JSONValue] = [
                "account_id": created["id"] ?? .null, "symbol": .string(position.symbol.description),
                "quantity": .string(position.quantity.description),
            ]
            if let price = position.price { body["price"] = .string(price.description) }
            _ = try await api.send(.post, "/api/positions", body: .object(body))
        }
    }
}
