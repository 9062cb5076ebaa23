import Wire

/// A request that came through an API Gateway REST API with proxy integration, payload format 1.0.
///
/// Source: AWS, "Lambda proxy integrations in API Gateway", input format.
package struct APIGatewayV1Request: Sendable {
    /// `nil` for a method no route of ours can have.
    package var method: HTTPMethod?
    /// Without the stage's prefix, otherwise as it arrived: still encoded.
    package var path: String
    /// Decoded.
    package var segments: [String]
    /// `/jobs/{id}`, the path of the resource as it was configured.
    package var resource: String
    /// What stands for the placeholders of `resource`.
    package var pathParameters: [String: String]
    /// Every value of a repeated header is a field of its own.
    package var headers: HTTPHeaders
    /// Decoded pairs; a name may occur more than once.
    package var query: [(name: String, value: String)]
    package var body: [UInt8]
    package var requestID: String
    package var sourceIP: String
    /// What an authorizer has said: members of its own and `principalId` of a Lambda one, `claims` of
    /// Cognito.
    package var authorizer: [String: JSONValue]
    /// Which key of the usage plan let the request in; the key itself stays with API Gateway.
    package var apiKeyID: String?

    package init(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        requestID: String = ""
    ) {
        self.method = method
        self.path = path
        segments = Self.segments(of: path)
        resource = path
        pathParameters = [:]
        self.headers = headers
        query = []
        self.body = body
        self.requestID = requestID
        sourceIP = ""
        authorizer = [:]
        apiKeyID = nil
    }

    /// The first value of a query parameter.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    package init(reading event: [UInt8]) throws(EventFailure) {
        let json: JSONValue
        do { json = try JSONValue(reading: event) } catch { throw .notJSON(error) }
        try self.init(json)
    }

    package init(_ json: JSONValue) throws(EventFailure) {
        func malformed(_ member: String) -> EventFailure {
            .malformed(event: "API Gateway, payload 1.0", member: member)
        }
        guard let methodName = json["httpMethod"]?.string else { throw malformed("httpMethod") }
        guard let path = json["path"]?.string else { throw malformed("path") }
        guard let context = json["requestContext"]?.object else { throw malformed("requestContext") }
        guard let body = EventBody.bytes(of: json) else { throw malformed("body") }
        method = HTTPMethod(rawValue: methodName)
        self.path = path
        segments = Self.segments(of: path)
        resource = json["resource"]?.string ?? path
        pathParameters = json["pathParameters"]?.texts ?? [:]
        headers = HTTPHeaders(HTTPHeaders.pairs(json["multiValueHeaders"], otherwise: json["headers"]))
        query = HTTPHeaders.pairs(
            json["multiValueQueryStringParameters"], otherwise: json["queryStringParameters"])
        self.body = body
        requestID = context["requestId"]?.string ?? ""
        sourceIP = context["identity"]?["sourceIp"]?.string ?? ""
        authorizer = context["authorizer"]?.object ?? [:]
        apiKeyID = context["identity"]?["apiKeyId"]?.string
    }

    /// Whether an event is one of these and not of another kind.
    package static func isOne(_ json: JSONValue) -> Bool {
        json["httpMethod"]?.string != nil && json["requestContext"]?.object != nil
    }

    private static func segments(of path: String) -> [String] {
        path.split(separator: "/").map { PercentEncoding.decode($0) ?? String($0) }
    }
}
