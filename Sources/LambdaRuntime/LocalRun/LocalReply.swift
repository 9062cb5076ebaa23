import Wire

/// What a caller gets from a function that runs without Lambda.
struct LocalReply: Equatable {
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]

    init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(_ status: Int, _ json: JSONValue) {
        self.init(status: status, headers: ["Content-Type": "application/json"], body: json.bytes)
    }

    static let goOn = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    func bytes(keepsConnection: Bool) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for (name, value) in headers.fields { text += "\(name): \(value)\r\n" }
        if status != 204 { text += "Content-Length: \(body.count)\r\n" }
        if !keepsConnection { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8) + body
    }

    static func reason(_ status: Int) -> String { reasons[status] ?? "Status" }

    private static let reasons = [
        200: "OK", 202: "Accepted", 204: "No Content", 400: "Bad Request", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 413: "Content Too Large", 500: "Internal Server Error",
        502: "Bad Gateway",
    ]
}
