import Wire

/// What a function behind an HTTP API or a function URL answers, payload format 2.0.
package struct APIGatewayV2Response: Sendable, Equatable {
    package var status: Int
    package var headers: HTTPHeaders
    /// Whole `Set-Cookie` values: `session=1; HttpOnly`.
    package var cookies: [String]
    package var body: [UInt8]

    package init(
        status: Int, headers: HTTPHeaders = [:], cookies: [String] = [], body: [UInt8] = []
    ) {
        self.status = status
        self.headers = headers
        self.cookies = cookies
        self.body = body
    }

    package static func json(
        _ value: JSONValue, status: Int = 200, headers: HTTPHeaders = [:]
    ) -> APIGatewayV2Response {
        var headers = headers
        headers["content-type"] = "application/json"
        return APIGatewayV2Response(status: status, headers: headers, body: value.bytes)
    }

    /// The format knows one value for each header: repeated ones are joined by commas, and `Set-Cookie`,
    /// which must not be, moves to `cookies`. A body that is not text travels in Base64.
    package var json: JSONValue {
        var folded: [String: String] = [:]
        var cookies = cookies
        for (name, value) in headers.fields {
            let name = name.lowercased()
            if name == "set-cookie" {
                cookies.append(value)
            } else {
                folded[name] = folded[name].map { "\($0), \(value)" } ?? value
            }
        }
        var members = EventBody.members(body, headers: folded)
        members["statusCode"] = .number(status)
        members["headers"] = .object(folded.mapValues { .string($0) })
        if !cookies.isEmpty { members["cookies"] = .array(cookies.map { .string($0) }) }
        return .object(members)
    }

    package var bytes: [UInt8] { json.bytes }
}
