import Wire

/// A request to the Runtime API, read.
enum RuntimeCall: Equatable {
    case next
    case response(requestID: String, invocationID: String?)
    case error(requestID: String, invocationID: String?)
    case initError
    case ping

    /// `nil` for a call the Runtime API does not have.
    init?(_ request: HTTPRequest) {
        let parts = request.url.path.split(separator: "/").map(String.init)
        let invocationID = request.headers["Lambda-Runtime-Invocation-Id"]
        guard parts.first == "2018-06-01" else { return nil }
        switch (request.method, parts.count) {
        case (.get, 4) where parts[1...] == ["runtime", "invocation", "next"]: self = .next
        case (.post, 5) where parts[1...2] == ["runtime", "invocation"] && parts[4] == "response":
            self = .response(requestID: parts[3], invocationID: invocationID)
        case (.post, 5) where parts[1...2] == ["runtime", "invocation"] && parts[4] == "error":
            self = .error(requestID: parts[3], invocationID: invocationID)
        case (.post, 4) where parts[1...] == ["runtime", "init", "error"]: self = .initError
        case (.get, 2) where parts[1] == "ping": self = .ping
        default: return nil
        }
    }

    /// The platform lets `Function.Xyz` and `Runtime.Xyz` through, anywhere in the header, and replaces the
    /// rest.
    static func errorType(of request: HTTPRequest) -> String {
        let text = Array((request.headers["Lambda-Runtime-Function-Error-Type"] ?? "").utf8)
        for start in text.indices {
            for category in ["Runtime.", "Function."] where text[start...].starts(with: category.utf8) {
                let reason = text[(start + category.utf8.count)...].prefix { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                }
                guard reason.count >= 2, let first = reason.first, first & 0x20 == 0 else { continue }
                return category + String(decoding: reason, as: UTF8.self)
            }
        }
        return text.starts(with: "Function.".utf8) ? "Function.Unknown" : "Runtime.Unknown"
    }
}
