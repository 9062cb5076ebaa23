import Wire

/// Status and header fields in front of a streamed body, for callers over HTTP: Function URLs and REST APIs.
package struct HTTPPrelude: Sendable, Equatable {
    /// Tells Lambda that the stream begins with a prelude.
    package static let contentType = "application/vnd.awslambda.http-integration-response"
    /// What stands between the prelude and the body.
    package static let separator = [UInt8](repeating: 0, count: 8)

    package var status: Int
    package var headers: HTTPHeaders
    /// Whole `Set-Cookie` values: `session=1; HttpOnly`.
    package var cookies: [String]

    package init(status: Int = 200, headers: HTTPHeaders = [:], cookies: [String] = []) {
        self.status = status
        self.headers = headers
        self.cookies = cookies
    }

    /// The JSON document `{"statusCode", "headers", "cookies"}`, without what is empty, and the separator.
    /// Repeated header fields are folded as in ``APIGatewayV2Response``.
    package var bytes: [UInt8] {
        let whole = APIGatewayV2Response(status: status, headers: headers, cookies: cookies).json
        var members: [String: JSONValue] = ["statusCode": .number(status)]
        if let headers = whole["headers"], headers != [:] { members["headers"] = headers }
        if let cookies = whole["cookies"] { members["cookies"] = cookies }
        return JSONValue.object(members).bytes + Self.separator
    }
}
