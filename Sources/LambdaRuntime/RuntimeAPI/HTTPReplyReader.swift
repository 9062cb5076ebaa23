import Wire

/// Reads HTTP/1.1 replies from bytes as they come: feed it what was received, get a reply when there is one.
///
/// It does no I/O, so any split of any bytes can be tried on it.
struct HTTPReplyReader: Sendable {
    struct Reply: Sendable, Equatable {
        var response: HTTPResponse
        /// Whether the connection can carry another request.
        var keepsConnection: Bool
    }

    /// A guard against an endless head; Lambda's client context alone may take 3,583 bytes.
    static let largestHeadBytes = 64 * 1024
    /// A guard against an endless body; Lambda's largest event has 6,291,556 bytes.
    static let largestBodyBytes = 64 * 1024 * 1024

    private enum State {
        case head
        case body(remaining: Int)
        case bodyUntilEnd
        case chunkSize
        case chunk(remaining: Int)
        case chunkEnd
        case trailers
        case finished
    }

    private var state = State.head
    /// The lines that are not complete yet.
    private var text: [UInt8] = []
    private var response = HTTPResponse(status: 0)
    private var keepsConnection = true

    /// - Returns: The reply, once it is complete. Then the reader is ready for the next one.
    /// - Throws: ``HTTPReplyFailure``; the connection is of no use after it.
    mutating func receive(_ bytes: ArraySlice<UInt8>) throws(HTTPReplyFailure) -> Reply? {
        var rest = bytes
        while true {
            if case .finished = state {
                // Nobody asked for what follows the reply, so it cannot be the answer to the next request.
                if !rest.isEmpty { keepsConnection = false }
                return finish()
            }
            guard !rest.isEmpty else { return nil }
            try advance(&rest)
        }
    }

    /// The other side has closed the connection.
    mutating func receiveEnd() throws(HTTPReplyFailure) -> Reply {
        guard case .bodyUntilEnd = state else { throw .endOfConnection(isInsideReply: hasBegun) }
        keepsConnection = false
        return finish()
    }

    private var hasBegun: Bool {
        if case .head = state { !text.isEmpty } else { true }
    }

    private mutating func finish() -> Reply {
        let reply = Reply(response: response, keepsConnection: keepsConnection)
        self = HTTPReplyReader()
        return reply
    }

    private mutating func advance(_ rest: inout ArraySlice<UInt8>) throws(HTTPReplyFailure) {
        switch state {
        case .head:
            if let head = try takeHead(&rest) { try begin(head) }
        case .body(let remaining):
            let count = try appendToBody(&rest, atMost: remaining)
            state = count == remaining ? .finished : .body(remaining: remaining - count)
        case .bodyUntilEnd:
            _ = try appendToBody(&rest, atMost: rest.count)
        case .chunkSize:
            if let line = try takeLine(&rest) {
                let size = try Self.chunkSize(line)
                state = size == 0 ? .trailers : .chunk(remaining: size)
            }
        case .chunk(let remaining):
            let count = try appendToBody(&rest, atMost: remaining)
            state = count == remaining ? .chunkEnd : .chunk(remaining: remaining - count)
        case .chunkEnd:
            if let line = try takeLine(&rest) {
                guard line.isEmpty else { throw .malformed("a chunk is longer than it says") }
                state = .chunkSize
            }
        case .trailers:
            if let line = try takeLine(&rest), line.isEmpty { state = .finished }
        case .finished:
            break
        }
    }

    // MARK: Head

    /// Moves bytes up to the empty line that ends the head.
    private mutating func takeHead(
        _ rest: inout ArraySlice<UInt8>
    ) throws(HTTPReplyFailure) -> [ArraySlice<UInt8>]? {
        while let end = rest.firstIndex(of: newLine) {
            text += rest[...end]
            rest = rest[(end + 1)...]
            guard text.count <= Self.largestHeadBytes else { throw .malformed("the head is too long") }
            if text.hasEmptyLastLine {
                let lines = text.split(separator: newLine).map(\.withoutCarriageReturn)
                text = []
                return lines
            }
        }
        text += rest
        rest = rest[rest.endIndex...]
        guard text.count <= Self.largestHeadBytes else { throw .malformed("the head is too long") }
        return nil
    }

    private mutating func begin(_ lines: [ArraySlice<UInt8>]) throws(HTTPReplyFailure) {
        guard let statusLine = lines.first, !statusLine.isEmpty else { return }
        let (status, isVersion11) = try Self.status(statusLine)
        var headers = HTTPHeaders()
        for line in lines.dropFirst() where !line.isEmpty {
            let (name, value) = try Self.field(line)
            headers.append(value, for: name)
        }
        if (100..<200).contains(status) { return }
        response = HTTPResponse(status: status, headers: headers)
        let connection = headers["Connection"]?.lowercased()
        keepsConnection = isVersion11 ? connection != "close" : connection == "keep-alive"
        state = try Self.bodyState(status: status, headers)
        if case .body(let count) = state { response.body.reserveCapacity(count) }
    }

    /// `HTTP/1.1 200 OK`
    private static func status(
        _ line: ArraySlice<UInt8>
    ) throws(HTTPReplyFailure) -> (status: Int, isVersion11: Bool) {
        let words = line.split(separator: blank, maxSplits: 2)
        guard words.count >= 2, words[0].starts(with: "HTTP/1.".utf8), words[1].count == 3,
            let status = decimal(words[1]), (100..<600).contains(status)
        else { throw .malformed("the first line is not that of an HTTP/1.1 reply") }
        return (status, words[0].last == UInt8(ascii: "1"))
    }

    private static func field(
        _ line: ArraySlice<UInt8>
    ) throws(HTTPReplyFailure) -> (name: String, value: String) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
            throw .malformed("a header line without a name")
        }
        let value = line[(colon + 1)...].trimmed
        return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    private static func bodyState(
        status: Int, _ headers: HTTPHeaders
    ) throws(HTTPReplyFailure) -> State {
        if status == 204 || status == 304 { return .finished }
        if let coding = headers["Transfer-Encoding"] {
            guard coding.lowercased() == "chunked" else { throw .malformed("transfer encoding \(coding)") }
            return .chunkSize
        }
        guard let text = headers["Content-Length"] else { return .bodyUntilEnd }
        guard let length = decimal(Array(text.utf8)[...]), length <= largestBodyBytes else {
            throw .malformed("content length \(text)")
        }
        return length == 0 ? .finished : .body(remaining: length)
    }

    // MARK: Body

    private mutating func appendToBody(
        _ rest: inout ArraySlice<UInt8>, atMost limit: Int
    ) throws(HTTPReplyFailure) -> Int {
        let part = rest.prefix(limit)
        guard response.body.count + part.count <= Self.largestBodyBytes else {
            throw .malformed("the body is too long")
        }
        response.body += part
        rest = rest[part.endIndex...]
        return part.count
    }

    /// Moves bytes up to the end of a line, which is given back without it.
    private mutating func takeLine(
        _ rest: inout ArraySlice<UInt8>
    ) throws(HTTPReplyFailure) -> ArraySlice<UInt8>? {
        let end = rest.firstIndex(of: newLine) ?? rest.endIndex
        text += rest[..<end]
        guard text.count <= Self.largestHeadBytes else { throw .malformed("a line is too long") }
        guard end < rest.endIndex else {
            rest = rest[end...]
            return nil
        }
        rest = rest[(end + 1)...]
        defer { text = [] }
        return text[...].withoutCarriageReturn
    }

    /// `1F4;name=value`: hexadecimal, what follows the semicolon means nothing to us.
    private static func chunkSize(_ line: ArraySlice<UInt8>) throws(HTTPReplyFailure) -> Int {
        let digits = line.prefix { $0 != UInt8(ascii: ";") }.trimmed
        guard (1...8).contains(digits.count) else { throw .malformed("a chunk without a size") }
        var size = 0
        for digit in digits {
            guard let value = hexadecimal(digit) else { throw .malformed("a chunk without a size") }
            size = size << 4 | value
        }
        return size
    }

    private static func hexadecimal(_ digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(digit - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(digit - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Digits alone; at most ten, so that the number cannot overflow.
    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...10).contains(digits.count) else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}

/// Why bytes are no HTTP reply.
enum HTTPReplyFailure: Error, Equatable {
    case endOfConnection(isInsideReply: Bool)
    case malformed(String)
}

private let newLine = UInt8(ascii: "\n")
private let blank = UInt8(ascii: " ")
private let carriageReturn = UInt8(ascii: "\r")

extension [UInt8] {
    /// Whether the text, which ends with a line feed, ends with an empty line.
    fileprivate var hasEmptyLastLine: Bool {
        let line = dropLast().suffix(2)
        return line.isEmpty || line.last == newLine || line.elementsEqual([newLine, carriageReturn])
            || (count == 2 && line.last == carriageReturn)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var withoutCarriageReturn: ArraySlice<UInt8> {
        last == carriageReturn ? dropLast() : self
    }

    fileprivate var trimmed: ArraySlice<UInt8> {
        var rest = self
        while let first = rest.first, first == blank || first == 0x09 { rest.removeFirst() }
        while let last = rest.last, last == blank || last == 0x09 { rest.removeLast() }
        return rest
    }
}
