import Wire

/// Makes and ends the keys of a REST API at Amazon API Gateway.
///
/// Terraform could, but would keep the key's value in its state.
package struct APIGatewayClient: Sendable {
    private let client: AWSClient

    package init(_ configuration: AWSConfiguration) {
        client = AWSClient(.apiGateway, configuration)
    }

    package struct Key: Sendable, Equatable {
        package let id: String
        package let name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// Keys whose name begins with `name`, without their values.
    package func keys(named name: String) async throws(AWSFailure) -> [Key] {
        let reply = try await client.json(
            Self.call(.get, path: "/apikeys", query: "name=\(PercentEncoding.encode(name))&limit=500"))
        return reply["item"]?.array?.compactMap { element in
            guard let id = element["id"]?.string, let name = element["name"]?.string else { return nil }
            return Key(id: id, name: name)
        } ?? []
    }

    /// - Parameter value: 20 to 128 characters.
    package func createKey(named name: String, value: String) async throws(AWSFailure) -> Key {
        let reply = try await client.json(
            Self.call(
                .post, path: "/apikeys",
                json: ["name": .string(name), "value": .string(value), "enabled": true]))
        guard let id = reply["id"]?.string else { throw client.malformed("no id of the key") }
        return Key(id: id, name: name)
    }

    /// Lets a key in; one that is in already stays in.
    package func attach(_ key: Key, toUsagePlan plan: String) async throws(AWSFailure) {
        do {
            _ = try await client.send(
                Self.call(
                    .post, path: "/usageplans/\(PercentEncoding.encode(plan))/keys",
                    json: ["keyId": .string(key.id), "keyType": "API_KEY"]))
        } catch let failure where failure.code == "ConflictException" {
            return
        }
    }

    package func delete(_ key: Key) async throws(AWSFailure) {
        _ = try await client.send(Self.call(.delete, path: "/apikeys/\(PercentEncoding.encode(key.id))"))
    }

    /// Without `Accept` the service answers in another form, HAL.
    private static func call(
        _ method: HTTPMethod, path: String, query: String? = nil, json: JSONValue? = nil
    ) -> AWSCall {
        var call =
            json.map { AWSCall(method, path: path, query: query, json: $0) }
            ?? AWSCall(method, path: path, query: query)
        call.headers["Accept"] = "application/json"
        return call
    }
}
