import Quantities
import Wire

extension AWSFailure {
    /// Reads the error a service answered with: rest-json, json 1.0 and 1.1, query and EC2, rest-xml and S3,
    /// an answer without a body, or the page of a proxy.
    init(_ response: HTTPResponse, from service: AWSService) {
        let content = Content(response.body)
        let headers = response.headers
        let code = Self.code(headers, content) ?? "HTTP\(response.status)"
        self.init(
            service: service.name, kind: .service(code: code, status: response.status),
            message: content.message ?? headers["x-amzn-error-message"] ?? content.excerpt,
            requestID: Self.requestID(headers) ?? content.requestID)
        extendedRequestID = headers["x-amz-id-2"] ?? content.text("HostId")
        bucketRegion = headers["x-amz-bucket-region"] ?? content.text("Region")
        requestedPause = Self.pause(headers)
    }

    /// What a service's log calls the request.
    static func requestID(_ headers: HTTPHeaders) -> String? {
        headers["x-amzn-RequestId"] ?? headers["x-amz-request-id"] ?? headers["x-amz-cf-id"]
    }

    /// A service that once spoke query, such as SQS, is known by its old names: `Code;Sender`.
    private static func code(_ headers: HTTPHeaders, _ content: Content) -> String? {
        if let query = headers["x-amzn-query-error"] { return String(query.prefix { $0 != ";" }) }
        return (headers["x-amzn-ErrorType"] ?? content.code).map(bare).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `com.amazonaws.sqs#QueueDoesNotExist:http://...` is `QueueDoesNotExist`.
    private static func bare(_ code: String) -> String {
        let beforeColon = code.prefix { $0 != ":" }
        guard let sharp = beforeColon.lastIndex(of: "#") else { return String(beforeColon) }
        return String(beforeColon[beforeColon.index(after: sharp)...])
    }

    /// `x-amz-retry-after` in milliseconds, or `Retry-After` in seconds or as a date.
    private static func pause(_ headers: HTTPHeaders) -> Pause? {
        if let milliseconds = headers["x-amz-retry-after"].flatMap({ Int32($0) }), milliseconds >= 0 {
            return .advised(.milliseconds(Int(milliseconds)))
        }
        guard let text = headers["Retry-After"] else { return nil }
        if let seconds = Int32(text) { return seconds >= 0 ? .demanded(.seconds(Int(seconds))) : nil }
        guard let then = Timestamp(httpDate: text),
            let now = headers["Date"].flatMap({ Timestamp(httpDate: $0) })
        else { return nil }
        return .demanded(max(.zero, then - now))
    }
}

/// What the body of an error is.
private enum Content {
    case json(JSONValue)
    /// The element with `Code` and `Message`, and the one around it.
    case xml(XMLElement, root: XMLElement)
    case page(String)
    case other([UInt8])

    init(_ body: [UInt8]) {
        let start = body.first { !Self.isBlank($0) }
        guard body.count <= Self.longestDocumentBytes else {
            self = start == UInt8(ascii: "<") ? .page(Self.pageText(body)) : .other(body)
            return
        }
        self =
            start == UInt8(ascii: "<")
            ? Self.xml(in: body) ?? .page(Self.pageText(body)) : Self.json(in: body) ?? .other(body)
    }

    var code: String? {
        switch self {
        case .json(let document):
            ["__type", "code", "Code"].lazy.compactMap { document[$0]?.string }.first
        case .xml(let error, _):
            error.child("Code")?.text ?? (Self.isNamedAfterError(error) ? error.local : nil)
        case .page, .other: nil
        }
    }

    var message: String? {
        switch self {
        case .json(let document):
            ["message", "Message", "errorMessage"].lazy.compactMap { document[$0]?.string }.first
        case .xml: text("Message") ?? text("message") ?? ""
        case .page, .other: nil
        }
    }

    var requestID: String? { text("RequestId") ?? text("RequestID") }

    /// A field of an XML error, beside its code or around it.
    func text(_ name: String) -> String? {
        guard case .xml(let error, let root) = self else { return nil }
        return (error.child(name) ?? root.child(name))?.text
    }

    /// The beginning of a body that is not in the service's own form, in one line.
    var excerpt: String {
        switch self {
        case .json(let document): Self.line(document.bytes)
        case .xml: ""
        case .page(let text): text
        case .other(let body): Self.line(body)
        }
    }

    private static func json(in body: [UInt8]) -> Content? {
        do {
            let document = try JSONValue(reading: body)
            let inner = document["Error"] ?? document["error"]
            return .json(inner?.object == nil ? document : inner ?? document)
        } catch {
            return nil  // The status says what there is to say.
        }
    }

    /// `<Error>` of S3, `<ErrorResponse><Error>` of query and rest-xml, `<Response><Errors><Error>` of EC2,
    /// or an element named after the error.
    private static func xml(in body: [UInt8]) -> Content? {
        do {
            let root = try XMLElement(reading: body)
            switch root.local {
            case "Error": return .xml(root, root: root)
            case "ErrorResponse": return .xml(root.child("Error") ?? root, root: root)
            case "Response": return root.child("Errors")?.child("Error").map { .xml($0, root: root) }
            default: return isNamedAfterError(root) ? .xml(root, root: root) : nil
            }
        } catch {
            return nil  // The page of a proxy.
        }
    }

    private static func isNamedAfterError(_ element: XMLElement) -> Bool {
        element.local.hasSuffix("Exception")
    }

    /// The title of a page, or else its text without the tags.
    private static func pageText(_ body: [UInt8]) -> String {
        let page = Array(body.prefix(longestPageBytes))
        let lower = page.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        if let start = lower.position(after: "<title>"),
            let end = lower[start...].firstIndex(of: UInt8(ascii: "<")), end > start
        {
            return line(page[start..<end])
        }
        var (text, isTag): ([UInt8], Bool) = ([], false)
        for byte in page {
            if byte == UInt8(ascii: "<") {
                isTag = true
                text.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: ">") {
                isTag = false
            } else if !isTag {
                text.append(byte)
            }
        }
        return line(text)
    }

    /// One line of printable text; runs of blanks become one.
    private static func line(_ bytes: some Sequence<UInt8>) -> String {
        var line: [UInt8] = []
        for byte in bytes where line.count < longestExcerptBytes {
            if !isBlank(byte) {
                line.append(byte)
            } else if let last = line.last, last != UInt8(ascii: " ") {
                line.append(UInt8(ascii: " "))
            }
        }
        if line.last == UInt8(ascii: " ") { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7f }

    /// A service's own description of an error is shorter.
    private static let longestDocumentBytes = 256 * 1024
    private static let longestExcerptBytes = 300
    private static let longestPageBytes = 16 * 1024
}

extension XMLElement {
    /// The name without the prefix of its namespace.
    fileprivate var local: String {
        name.utf8.lastIndex(of: UInt8(ascii: ":")).map { String(name[name.index(after: $0)...]) } ?? name
    }

    fileprivate func child(_ name: String) -> XMLElement? { children.first { $0.local == name } }
}

extension [UInt8] {
    fileprivate func position(after text: StaticString) -> Int? {
        let wanted = Array(text.description.utf8)
        guard count >= wanted.count else { return nil }
        return (0...count - wanted.count).first { self[$0...].starts(with: wanted) }.map { $0 + wanted.count }
    }
}
