import Wire

/// Puts a response together from what arrives: header lines, then pieces of the body.
struct ResponseReader {
    /// Of all header lines of one response, in bytes.
    static let headerLimit = 256 * 1024

    let bodyLimit: Int
    /// Whether the body arrives unpacked, whatever the headers say.
    let isUnpacked: Bool
    /// `nil` until the status line has come.
    private(set) var response: HTTPResponse?
    /// The limit that was exceeded, in bytes.
    private(set) var exceededLimit: Int?
    private var headerCount = 0
    /// Whether the empty line after the headers has come.
    private var isHeadComplete = false

    /// The response without its body; `nil` until its head is complete. An interim answer is none.
    var head: HTTPResponse? {
        guard isHeadComplete, let response, response.status >= 200 else { return nil }
        return HTTPResponse(status: response.status, headers: response.headers)
    }

    init(bodyLimit: Int, isUnpacked: Bool) {
        self.bodyLimit = bodyLimit
        self.isUnpacked = isUnpacked
    }

    /// Takes one line with its line end. A status line begins anew: what came before was an interim answer
    /// such as `100 Continue`.
    ///
    /// - Returns: `false` when the line cannot be part of a response, or there are too many.
    mutating func receiveHeaderLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerCount += bytes.count
        guard headerCount <= Self.headerLimit else {
            exceededLimit = Self.headerLimit
            return false
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            guard let status = Self.status(line) else { return false }
            response = HTTPResponse(status: status)
            isHeadComplete = false
        } else if bytes.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) {
            isHeadComplete = true
            if isUnpacked, response?.headers["Content-Encoding"] != nil {
                response?.headers["Content-Encoding"] = nil
                response?.headers["Content-Length"] = nil
            }
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            response?.headers.append(Self.trimmed(value), for: String(line[..<colon]))
        }
        return true
    }

    /// - Returns: `false` when the body is longer than the limit.
    mutating func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let count = response?.body.count, count + bytes.count <= bodyLimit else {
            exceededLimit = bodyLimit
            return false
        }
        response?.body.append(contentsOf: bytes)
        return true
    }

    /// `HTTP/1.1 200 OK`
    private static func status(_ line: String) -> Int? {
        let parts = line.split(separator: " ", maxSplits: 2)
        return parts.count > 1 ? Int(trimmed(parts[1])) : nil
    }

    private static func trimmed(_ text: Substring) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}
