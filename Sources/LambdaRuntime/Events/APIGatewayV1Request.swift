import Wire

/// A request that came through an API Gateway REST API with proxy integration, payload format 1.0.
///
/// Source: AWS, "Lambda proxy integrations in API Gateway", input format.
package struct APIGatewayV1Request: Sendable {
    /// `nil` for a method no route of ours can have.
    package var method: HTTPMethod?
    /// Without the stage's prefix.
    package var path: String
    /// Every value of a repeated header is a field of its own.
    package var headers: HTTPHeaders
    /// Decoded pairs; a name may occur more than once.
    package var query: [(name: String, value: String)]
    package var body: [UInt8]
    package var requestID: String
    package var sourceIP: String
    /// Which key of the usage plan let the request in; the key itself stays with API Gateway.
    package var apiKeyID: String?

    package init(
        _ method: HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        requestID: String = ""
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        query = []
        self.body = body
        self.requestID = requestID
        sourceIP = ""
        apiKeyID = nil
    }

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
        guard let body = Self.body(of: json) else { throw malformed("body") }
        method = HTTPMethod(rawValue: methodName)
        self.path = path
        headers = HTTPHeaders(Self.pairs(json["multiValueHeaders"], otherwise: json["headers"]))
        query = Self.pairs(json["multiValueQueryStringParameters"], otherwise: json["queryStringParameters"])
        self.body = body
        requestID = context["requestId"]?.string ?? ""
        sourceIP = context["identity"]?["sourceIp"]?.string ?? ""
        apiKeyID = context["identity"]?["apiKeyId"]?.string
    }

    /// Whether an event is one of these and not of another kind.
    package static func isOne(_ json: JSONValue) -> Bool {
        json["httpMethod"]?.string != nil && json["requestContext"]?.object != nil
    }

    private static func body(of json: JSONValue) -> [UInt8]? {
        guard let member = json["body"], !member.isNull else { return [] }
        guard let text = member.string else { return nil }
        return json["isBase64Encoded"]?.bool == true ? Base64.decode(text) : Array(text.utf8)
    }

    /// The maps of lists hold all values; the console's test page sends the plain ones alone.
    private static func pairs(_ lists: JSONValue?, otherwise texts: JSONValue?) -> [(
        name: String, value: String
    )] {
        if let lists = lists?.object {
            return lists.sorted { $0.key < $1.key }.flatMap { name, values in
                (values.array ?? []).compactMap { $0.string.map { (name, $0) } }
            }
        }
        return (texts?.object ?? [:]).sorted { $0.key < $1.key }.compactMap { name, value in
            value.string.map { (name, $0) }
        }
    }
}

/// What a function behind a REST API answers, payload format 1.0.
package struct APIGatewayV1Response: Sendable, Equatable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: JSONValue

    package init(status: Int, headers: HTTPHeaders = [:], body: JSONValue) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var bytes: [UInt8] {
        var members: [String: JSONValue] = ["content-type": "application/json"]
        for (name, value) in headers.fields { members[name.lowercased()] = .string(value) }
        let json: JSONValue = [
            "statusCode": .number(status), "headers": .object(members), "isBase64Encoded": false,
            "body": .string(body.text),
        ]
        return json.bytes
    }
}
