import Wire

/// What a function behind a REST API answers, payload format 1.0.
package struct APIGatewayV1Response: Sendable, Equatable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func json(
        _ value: JSONValue, status: Int = 200, headers: HTTPHeaders = [:]
    ) -> APIGatewayV1Response {
        var headers = headers
        headers["content-type"] = "application/json"
        return APIGatewayV1Response(status: status, headers: headers, body: value.bytes)
    }

    /// A name with several values, such as `Set-Cookie`, stands in `multiValueHeaders`. A body that is not
    /// text travels in Base64; the API's `binaryMediaTypes` must name its type.
    package var json: JSONValue {
        var values: [String: [String]] = [:]
        for (name, value) in headers.fields { values[name.lowercased(), default: []].append(value) }
        let single = values.filter { $0.value.count == 1 }.compactMapValues(\.first)
        let several = values.filter { $0.value.count > 1 }
        var members = EventBody.members(body, headers: values.compactMapValues(\.first))
        members["statusCode"] = .number(status)
        members["headers"] = .object(single.mapValues { .string($0) })
        if !several.isEmpty {
            members["multiValueHeaders"] = .object(several.mapValues { .array($0.map { .string($0) }) })
        }
        return .object(members)
    }

    package var bytes: [UInt8] { json.bytes }
}
