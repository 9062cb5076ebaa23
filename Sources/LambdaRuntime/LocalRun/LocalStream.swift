import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Who waits for an answer, and how it wants it.
struct LocalCaller {
    let connection: LocalConnection
    var keepsConnection: Bool
    let takesChunks: Bool
    var isLambdaInvoke = false

    init(_ connection: LocalConnection, _ head: HTTPMessageReader.Head) {
        self.connection = connection
        keepsConnection = head.keepsConnection
        takesChunks = head.isVersion11
    }
}

/// An answer that goes out part by part: in chunks, or up to the end of the connection for callers of
/// HTTP/1.0.
///
/// A prelude becomes status and header fields, as a function URL would make them of it; by the path of
/// Lambda's Invoke it is a part like any other. A failure after the first byte stands in the trailers, as
/// Lambda has it.
struct LocalStream {
    private(set) var caller: LocalCaller
    private let headers: HTTPHeaders
    private var outgoing = Outgoing()
    /// What has come of a prelude whose end has not.
    private var prelude: [UInt8]?

    private static let largestPreludeBytes = 64 * 1024
    private static let trailer = "X-Amz-Function-Error, Lambda-Runtime-Function-Error-Body"

    /// - Parameter headers: For every kind of answer.
    init(to caller: LocalCaller, contentType: String, _ headers: HTTPHeaders) {
        self.caller = caller
        self.headers = headers
        if !caller.takesChunks { self.caller.keepsConnection = false }
        if contentType == HTTPPrelude.contentType && !caller.isLambdaInvoke {
            prelude = []
        } else {
            begin(200, [("Content-Type", contentType)])
        }
    }

    mutating func append(_ part: ArraySlice<UInt8>) {
        guard let before = prelude else { return appendToBody(part) }
        let bytes = before + part
        prelude = bytes
        guard let end = bytes.firstIndex(of: 0) else {
            if bytes.count > Self.largestPreludeBytes { refusePrelude("it has no end") }
            return
        }
        guard bytes.count >= end + HTTPPrelude.separator.count else { return }
        prelude = nil
        do throws(JSONFailure) {
            begin(try JSONValue(reading: Array(bytes[..<end])))
            appendToBody(bytes[(end + HTTPPrelude.separator.count)...])
        } catch {
            refusePrelude("\(error)")
        }
    }

    /// - Returns: What to wait for when the caller does not take all at once.
    /// - Throws: ``ControlPlaneFailure/streamCutOff(reason:)``: the caller has gone.
    mutating func flush() throws(ControlPlaneFailure) -> Int32? {
        while !outgoing.isEmpty {
            let count = outgoing.rest.withUnsafeBytes {
                SystemCalls.sendWithoutWaiting(caller.connection.socket, $0.baseAddress, $0.count)
            }
            if count > 0 {
                outgoing.drop(count)
            } else if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) {
                return caller.connection.socket
            } else if count == 0 || errno != EINTR {
                throw .streamCutOff(reason: "the caller has gone: \(SystemCalls.lastError)")
            }
        }
        return nil
    }

    mutating func end(_ failure: ReportedFailure?) {
        if prelude != nil { refusePrelude("it has no end") }
        guard caller.takesChunks else { return }
        outgoing.append("0\r\n".utf8)
        if let failure {
            outgoing.append("X-Amz-Function-Error: Unhandled\r\n".utf8)
            let body = Base64.encode(failure.json.bytes)
            outgoing.append("Lambda-Runtime-Function-Error-Body: \(body)\r\n".utf8)
        }
        outgoing.append("\r\n".utf8)
    }

    private mutating func begin(_ prelude: JSONValue) {
        var fields = (prelude["headers"]?.texts ?? [:]).sorted { $0.key < $1.key }
            .map { (name: $0.key, value: $0.value) }
        fields += (prelude["cookies"]?.array ?? []).compactMap(\.string).map { ("Set-Cookie", $0) }
        begin(prelude["statusCode"]?.int ?? 200, fields)
    }

    private mutating func begin(_ status: Int, _ fields: [(name: String, value: String)]) {
        var text = "HTTP/1.1 \(status) \(LocalReply.reason(status))\r\n"
        for (name, value) in headers.fields + fields { text += "\(name): \(value)\r\n" }
        if caller.takesChunks { text += "Transfer-Encoding: chunked\r\nTrailer: \(Self.trailer)\r\n" }
        if !caller.keepsConnection { text += "Connection: close\r\n" }
        outgoing.append((text + "\r\n").utf8)
    }

    private mutating func appendToBody(_ part: ArraySlice<UInt8>) {
        guard caller.takesChunks else { return outgoing.append(part) }
        // A chunk without bytes would be the last one.
        guard !part.isEmpty else { return }
        outgoing.append((String(part.count, radix: 16) + "\r\n").utf8)
        outgoing.append(part)
        outgoing.append("\r\n".utf8)
    }

    /// As a function URL does it.
    private mutating func refusePrelude(_ reason: String) {
        prelude = nil
        begin(502, [("Content-Type", "application/json")])
        let message: JSONValue = ["Message": .string("the prelude cannot be read: \(reason)")]
        appendToBody(message.bytes[...])
    }
}
