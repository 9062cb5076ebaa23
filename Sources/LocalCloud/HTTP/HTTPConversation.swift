import NIOCore
import NIOHTTP1
import Wire

/// One connection's requests and replies, in order.
struct HTTPConversation {
    typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

    var parts: Parts
    let outbound: Outbound

    /// - Returns: Whether the connection can carry another request.
    mutating func serveNext(with handler: HTTPServer.Handler) async throws -> Bool {
        guard case .head(let head) = try await parts.next() else { return false }
        let body: [UInt8]
        switch try await readBody(of: head) {
        case .ended(let bytes): body = bytes
        case .tooLarge:
            let limit = HTTPServer.largestBodyBytes
            return try await refuse(413, "The request body is larger than \(limit) bytes.", head)
        case .interrupted: return false
        }
        guard let method = HTTPMethod(rawValue: head.method.rawValue) else {
            return try await refuse(501, "The method \(head.method.rawValue) is not supported.", head)
        }
        guard let url = Self.url(of: head) else {
            return try await refuse(400, "The address of the request cannot be read.", head)
        }
        let headers = Wire.HTTPHeaders(head.headers.map { (name: $0.name, value: $0.value) })
        let reply = await handler(HTTPRequest(method, url, headers: headers, body: body))
        try await write(reply, to: head)
        return head.isKeepAlive && !Task.isCancelled
    }

    private enum Body { case ended([UInt8]), tooLarge, interrupted }

    private mutating func readBody(of head: HTTPRequestHead) async throws -> Body {
        if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }),
            length > HTTPServer.largestBodyBytes
        {
            return .tooLarge
        }
        if head.headers["Expect"].contains(where: { $0.lowercased() == "100-continue" }) {
            try await outbound.write(.head(HTTPResponseHead(version: head.version, status: .continue)))
        }
        var body: [UInt8] = []
        while let part = try await parts.next() {
            switch part {
            case .head: return .interrupted
            case .body(let buffer):
                guard body.count + buffer.readableBytes <= HTTPServer.largestBodyBytes else {
                    return .tooLarge
                }
                body.append(contentsOf: buffer.readableBytesView)
            case .end: return .ended(body)
            }
        }
        return .interrupted
    }

    /// The rest of the request is not read: the connection cannot be used again.
    private func refuse(_ status: Int, _ message: String, _ head: HTTPRequestHead) async throws -> Bool {
        try await write(Reply.text(message, status: status).setting("close", for: "Connection"), to: head)
        return false
    }

    private func write(_ reply: Reply, to head: HTTPRequestHead) async throws {
        switch reply {
        case .complete(let response):
            var fields = Self.fields(response.headers)
            let hasBody = response.status >= 200 && response.status != 204 && response.status != 304
            if hasBody { fields.replaceOrAdd(name: "Content-Length", value: String(response.body.count)) }
            try await write(response.status, fields, head)
            if hasBody && head.method != .HEAD && !response.body.isEmpty {
                try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: response.body))))
            }
        case .streaming(let status, let headers, let chunks):
            try await write(status, Self.fields(headers), head)
            for await chunk in chunks where !chunk.isEmpty && head.method != .HEAD {
                try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: chunk))))
            }
            try Task.checkCancellation()
        }
        try await outbound.write(.end(nil))
    }

    private func write(_ status: Int, _ fields: NIOHTTP1.HTTPHeaders, _ head: HTTPRequestHead) async throws {
        var fields = fields
        if !head.isKeepAlive && !fields.contains(name: "Connection") {
            fields.add(name: "Connection", value: "close")
        }
        let reply = HTTPResponseHead(
            version: head.version, status: .init(statusCode: status), headers: fields)
        try await outbound.write(.head(reply))
    }

    private static func url(of head: HTTPRequestHead) -> HTTPURL? {
        if head.uri.hasPrefix("/") {
            return HTTPURL("http://\(head.headers.first(name: "Host") ?? "localhost")\(head.uri)")
        }
        return HTTPURL(head.uri)
    }

    private static func fields(_ headers: Wire.HTTPHeaders) -> NIOHTTP1.HTTPHeaders {
        NIOHTTP1.HTTPHeaders(headers.fields.map { ($0.name, $0.value) })
    }
}
