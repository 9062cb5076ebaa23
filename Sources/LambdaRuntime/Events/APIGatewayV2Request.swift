import Quantities
import Wire

/// A request that came through an API Gateway HTTP API or a function URL, payload format 2.0.
///
/// The two differ in their paths, see ``segments``, and in who may have let the request in: HTTP APIs know
/// all three authorizers, function URLs IAM alone.
///
/// Source: AWS, "Create AWS Lambda proxy integrations for HTTP APIs" and "Invoking Lambda function URLs".
package struct APIGatewayV2Request: Sendable {
    /// `nil` for a method no route of ours can have.
    package var method: HTTPMethod?
    /// Without the stage's prefix; as it arrived otherwise.
    package var path: String
    /// Decoded once. An HTTP API decodes the path before we see it, so that `%2F` has become a separator and
    /// what followed `%3F` is gone; a function URL leaves it encoded.
    package var segments: [String]
    /// Decoded pairs in order; a name may occur more than once.
    package var query: [(name: String, value: String)]
    /// Values of a repeated name are joined by commas; they are not split, for dates and user agents contain
    /// commas too.
    package var headers: HTTPHeaders
    package var cookies: [(name: String, value: String)]
    package var body: [UInt8]
    package var requestID: String
    package var sourceIP: String
    package var receivedAt: Timestamp?
    /// `GET /jobs/{id}`, or `$default`, which is what function URLs always say.
    package var routeKey: String
    /// What stands for the placeholders of `routeKey`.
    package var pathParameters: [String: String]
    /// Claims that a JWT authorizer has verified.
    package var claims: [String: JSONValue]
    /// The scopes that the route asks for and the token has.
    package var scopes: [String]
    /// What a Lambda authorizer has said about the caller.
    package var authorizerContext: [String: JSONValue]
    /// Who has signed the request, where IAM authorises.
    package var callerARN: String?

    package init(
        _ method: HTTPMethod, _ path: String, query: [(name: String, value: String)] = [],
        headers: HTTPHeaders = [:], body: [UInt8] = [], requestID: String = ""
    ) {
        self.method = method
        self.path = path
        segments = path.split(separator: "/").map(String.init)
        self.query = query
        self.headers = headers
        cookies = []
        self.body = body
        self.requestID = requestID
        sourceIP = ""
        receivedAt = nil
        routeKey = "$default"
        pathParameters = [:]
        claims = [:]
        scopes = []
        authorizerContext = [:]
        callerARN = nil
    }

    package init(reading event: [UInt8]) throws(EventFailure) {
        let json: JSONValue
        do { json = try JSONValue(reading: event) } catch { throw .notJSON(error) }
        try self.init(json)
    }

    package init(_ json: JSONValue) throws(EventFailure) {
        func malformed(_ member: String) -> EventFailure {
            .malformed(event: "API Gateway, payload 2.0", member: member)
        }
        guard json["version"]?.string == "2.0" else { throw malformed("version") }
        guard let rawPath = json["rawPath"]?.string else { throw malformed("rawPath") }
        guard let context = json["requestContext"], let http = context["http"],
            let methodName = http["method"]?.string
        else { throw malformed("requestContext.http.method") }
        guard let body = EventBody.bytes(of: json) else { throw malformed("body") }

        method = HTTPMethod(rawValue: methodName)
        path = Self.path(rawPath, withoutStage: context["stage"]?.string)
        segments = Self.segments(of: path, isEncoded: Self.isFunctionURL(context))
        query = PercentEncoding.pairs(ofQuery: json["rawQueryString"]?.string ?? "")
        headers = HTTPHeaders(HTTPHeaders.pairs(nil, otherwise: json["headers"]))
        cookies = (json["cookies"]?.array ?? []).compactMap(\.string).flatMap(Self.pairs(ofCookie:))
        if cookies.isEmpty { cookies = headers["cookie"].map(Self.pairs(ofCookie:)) ?? [] }
        self.body = body
        requestID = context["requestId"]?.string ?? ""
        sourceIP = http["sourceIp"]?.string ?? ""
        receivedAt = context["timeEpoch"]?.int.map { Timestamp(millisecondsSinceEpoch: Int64($0)) }
        routeKey = json["routeKey"]?.string ?? "$default"
        pathParameters = json["pathParameters"]?.texts ?? [:]
        let authorizer = context["authorizer"]
        claims = authorizer?["jwt"]?["claims"]?.object ?? [:]
        scopes = (authorizer?["jwt"]?["scopes"]?.array ?? []).compactMap(\.string)
        authorizerContext = authorizer?["lambda"]?.object ?? [:]
        callerARN = authorizer?["iam"]?["userArn"]?.string
    }

    /// The first value of a query parameter.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    package func cookie(_ name: String) -> String? { cookies.first { $0.name == name }?.value }

    /// Every stage but `$default` puts its name in front of the path.
    private static func path(_ path: String, withoutStage stage: String?) -> String {
        guard let stage, stage != "$default" else { return path }
        if path == "/\(stage)" { return "/" }
        return path.hasPrefix("/\(stage)/") ? String(path.dropFirst(stage.count + 1)) : path
    }

    private static func isFunctionURL(_ context: JSONValue) -> Bool {
        let labels = context["domainName"]?.string?.split(separator: ".") ?? []
        return labels.contains("lambda-url")
    }

    private static func segments(of path: String, isEncoded: Bool) -> [String] {
        path.split(separator: "/").map { segment in
            isEncoded ? PercentEncoding.decode(segment) ?? String(segment) : String(segment)
        }
    }

    /// `a=1; b=2`; a part without `=` is no cookie.
    private static func pairs(ofCookie text: String) -> [(name: String, value: String)] {
        text.split(separator: ";").compactMap { part in
            let pair = part.drop { $0 == " " }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return pair.count == 2 ? (String(pair[0]), String(pair[1])) : nil
        }
    }
}
