import Quantities
import Wire

/// A request as the function gets it: payload format 2.0.
struct GatewayEvent {
    let request: HTTPRequest
    let requestID: String
    let account: String
    let time: Timestamp

    init(_ request: HTTPRequest, requestID: String, account: String, at time: Timestamp) {
        self.request = request
        self.requestID = requestID
        self.account = account
        self.time = time
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "version": "2.0", "routeKey": "$default", "rawPath": .string(path),
            "rawQueryString": .string(request.url.query ?? ""), "headers": .object(headers),
            "requestContext": context,
        ]
        let cookies = request.headers.values("cookie").flatMap { $0.split(separator: ";") }
            .map { JSONValue.string(String($0.drop { $0 == " " })) }
        if !cookies.isEmpty { members["cookies"] = .array(cookies) }
        let query = PercentEncoding.pairs(ofQuery: request.url.query ?? "")
        if !query.isEmpty { members["queryStringParameters"] = joined(query) }
        let text = isText ? String(validating: request.body, as: UTF8.self) : nil
        members["isBase64Encoded"] = .bool(!request.body.isEmpty && text == nil)
        if !request.body.isEmpty { members["body"] = .string(text ?? Base64.encode(request.body)) }
        return .object(members)
    }

    /// Decoded, and cut at a question mark that decoding brought to light: what HTTP APIs do, other than
    /// every other source of events.
    var path: String {
        let decoded = PercentEncoding.decode(request.url.path) ?? request.url.path
        return String(decoded.prefix { $0 != "?" })
    }

    /// Lower-case names; the values of a repeated header joined by commas; cookies have a place of their own.
    private var headers: [String: JSONValue] {
        let fields = request.headers.fields.map { (name: $0.name.lowercased(), value: $0.value) }
            .filter { $0.name != "cookie" }
        return joined(fields).object ?? [:]
    }

    private func joined(_ pairs: [(name: String, value: String)]) -> JSONValue {
        .object(Dictionary(pairs) { "\($0),\($1)" }.mapValues { .string($0) })
    }

    /// What travels as text; everything else, and everything compressed, is base64.
    private var isText: Bool {
        guard request.headers["content-encoding"] == nil else { return false }
        guard let type = request.headers["content-type"]?.lowercased() else { return true }
        let kind = String(type.prefix { $0 != ";" })
        return kind.hasPrefix("text/") || kind.hasSuffix("json") || kind.hasSuffix("xml")
            || kind.hasSuffix("javascript") || kind == "application/x-www-form-urlencoded"
    }

    private var context: JSONValue {
        let host = request.headers["host"] ?? request.url.authority
        return [
            "accountId": .string(account), "apiId": "local", "domainName": .string(host),
            "domainPrefix": .string(String(host.prefix { $0 != "." && $0 != ":" })),
            "requestId": .string(requestID),
            "routeKey": "$default", "stage": "$default", "time": .string(commonLogTime),
            "timeEpoch": .number(Int(time.millisecondsSinceEpoch)),
            "http": [
                "method": .string(request.method.rawValue), "path": .string(path), "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1", "userAgent": .string(request.headers["user-agent"] ?? ""),
            ],
        ]
    }

    /// `21/Nov/2026:08:00:00 +0000`
    private var commonLogTime: String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let text = time.description
        let date = text.prefix(10).split(separator: "-")
        let month = Int(date[1]).map { months[$0 - 1] } ?? ""
        return "\(date[2])/\(month)/\(date[0]):\(text.dropFirst(11).prefix(8)) +0000"
    }
}
