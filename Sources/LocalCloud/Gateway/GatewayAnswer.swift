import Wire

/// A function's answer in payload format 2.0, read.
struct GatewayAnswer: Equatable {
    let response: HTTPResponse

    /// An answer without `statusCode` is the body itself, as JSON with status 200.
    init(reading payload: [UInt8]) throws(GatewayAnswerFailure) {
        let value: JSONValue
        do { value = try JSONValue(reading: payload) } catch { throw .notJSON(error) }
        guard let statusCode = value["statusCode"] else {
            response = HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"],
                body: value.isNull ? [] : value.bytes)
            return
        }
        guard let status = statusCode.int ?? statusCode.string.flatMap({ Int($0) }),
            (100...599).contains(status)
        else { throw .invalid("statusCode") }
        response = HTTPResponse(status: status, headers: try Self.headers(value), body: try Self.body(value))
    }

    private static func headers(_ value: JSONValue) throws(GatewayAnswerFailure) -> HTTPHeaders {
        var headers = HTTPHeaders()
        if let members = value["headers"], !members.isNull {
            guard let members = members.object else { throw .invalid("headers") }
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                headers.append(try text(member, "headers"), for: name)
            }
        }
        if headers["Content-Type"] == nil { headers["Content-Type"] = "text/plain; charset=utf-8" }
        if let cookies = value["cookies"], !cookies.isNull {
            guard let cookies = cookies.array else { throw .invalid("cookies") }
            for cookie in cookies { headers.append(try text(cookie, "cookies"), for: "Set-Cookie") }
        }
        return headers
    }

    private static func body(_ value: JSONValue) throws(GatewayAnswerFailure) -> [UInt8] {
        guard let body = value["body"], !body.isNull else { return [] }
        guard let text = body.string else { throw .invalid("body") }
        switch value["isBase64Encoded"] {
        case nil, .null, .bool(false): return Array(text.utf8)
        case .bool(true):
            guard let bytes = Base64.decode(text) else { throw .invalid("body") }
            return bytes
        default: throw .invalid("isBase64Encoded")
        }
    }

    /// Numbers and booleans are taken as headers too.
    private static func text(_ value: JSONValue, _ member: String) throws(GatewayAnswerFailure) -> String {
        switch value {
        case .string(let text): text
        case .number, .bool: value.text
        default: throw .invalid(member)
        }
    }
}

enum GatewayAnswerFailure: Error, Hashable, CustomStringConvertible {
    case notJSON(JSONFailure)
    case invalid(String)

    var description: String {
        switch self {
        case .notJSON(let failure): failure.description
        case .invalid(let member): "member \(member)"
        }
    }
}
