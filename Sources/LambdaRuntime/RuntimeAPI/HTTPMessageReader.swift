import Wire

/// Reads HTTP/1.1 messages from bytes as they come, in either direction.
///
/// It does no I/O, so any split of any bytes can be tried on it. What it keeps is bounded by its limits and
/// by what has been sent, whatever a head promises.
package struct HTTPMessageReader: Sendable {
    package enum Role: Sendable {
        case reply
        case request
    }

    package enum StartLine: Sendable, Equatable {
        case status(Int)
        case request(method: String, target: String)
    }

    package struct Head: Sendable, Equatable {
        package var startLine: StartLine
        package var headers: HTTPHeaders
        /// Whether the connection can carry another message.
        package var keepsConnection: Bool
        /// Whether chunks and trailers are understood.
        package var isVersion11: Bool
    }

    package struct Message: Sendable, Equatable {
        package var head: Head
        package var body: [UInt8]
    }

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

    /// A promised body is made room for at once, up to this: Lambda's largest event, and some.
    private static let largestReservedBytes = 8 * 1024 * 1024

    private let role: Role
    private let largestHeadBytes: Int
    private let largestBodyBytes: Int

    private var state = State.head
    /// The head of the message that is being read, as soon as it is complete.
    package private(set) var head: Head?
    private var body: [UInt8] = []
    /// The lines that are not complete yet.
    private var text: [UInt8] = []
    /// Bytes of lines that are done with but for the body: interim replies, blank lines, trailers.
    private var passedBytes = 0

    /// - Parameters:
    ///   - largestHeadBytes: Of the lines before a body, interim replies included, and of those behind it.
    ///   - largestBodyBytes: Without the marks of chunks.
    package init(_ role: Role, largestHeadBytes: Int, largestBodyBytes: Int) {
        self.role = role
        self.largestHeadBytes = largestHeadBytes
        self.largestBodyBytes = largestBodyBytes
    }

    /// Takes bytes up to the end of a message; what follows it is left.
    ///
    /// - Returns: The message, once it is complete. Then the reader is ready for the next one.
    /// - Throws: ``HTTPMessageFailure``; the connection is of no use after it.
    package mutating func receive(_ rest: inout ArraySlice<UInt8>) throws(HTTPMessageFailure) -> Message? {
        while true {
            if case .finished = state { return finish() }
            guard !rest.isEmpty else { return nil }
            try advance(&rest)
        }
    }

    /// The other side has closed the connection.
    ///
    /// - Returns: The message whose end this is.
    package mutating func receiveEnd() throws(HTTPMessageFailure) -> Message {
        guard case .bodyUntilEnd = state, var message = finish() else {
            throw .endOfConnection(isInsideMessage: hasBegun)
        }
        message.head.keepsConnection = false
        return message
    }

    /// Whether a part of a message has come.
    package var hasBegun: Bool {
        if case .head = state { !text.isEmpty } else { true }
    }

    private mutating func finish() -> Message? {
        guard let head else { return nil }
        let message = Message(head: head, body: body)
        self = HTTPMessageReader(
            role, largestHeadBytes: largestHeadBytes, largestBodyBytes: largestBodyBytes)
        return message
    }

    private mutating func advance(_ rest: inout ArraySlice<UInt8>) throws(HTTPMessageFailure) {
        switch state {
        case .head:
            if let lines = try takeHead(&rest) { try begin(lines) }
        case .body(let remaining):
            let count = try appendToBody(&rest, atMost: remaining)
            state = count == remaining ? .finished : .body(remaining: remaining - count)
        case .bodyUntilEnd:
            _ = try appendToBody(&rest, atMost: rest.count)
        case .chunkSize:
            if let line = try takeLine(&rest) {
                let size = try HTTPLine.chunkSize(line)
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
            if let line = try takeLine(&rest) {
                if line.isEmpty { state = .finished }
                try pass(line.count + 1)
            }
        case .finished:
            break
        }
    }

    // MARK: Head

    /// Moves bytes up to the empty line that ends the head.
    private mutating func takeHead(
        _ rest: inout ArraySlice<UInt8>
    ) throws(HTTPMessageFailure) -> [ArraySlice<UInt8>]? {
        while let end = rest.firstIndex(of: HTTPLine.newLine) {
            text += rest[...end]
            rest = rest[(end + 1)...]
            try checkHead()
            if HTTPLine.isLastEmpty(in: text) {
                let lines = text.split(separator: HTTPLine.newLine).map(HTTPLine.withoutCarriageReturn)
                let count = text.count
                text = []
                if lines.first.map(\.isEmpty) ?? true {
                    try pass(count)
                    continue
                }
                try pass(count)
                return lines
            }
        }
        text += rest
        rest = rest[rest.endIndex...]
        try checkHead()
        return nil
    }

    private func checkHead() throws(HTTPMessageFailure) {
        guard passedBytes + text.count <= largestHeadBytes else { throw .tooLarge("the head is too long") }
    }

    private mutating func pass(_ count: Int) throws(HTTPMessageFailure) {
        passedBytes += count
        guard passedBytes <= 2 * largestHeadBytes else { throw .tooLarge("the trailers are too long") }
    }

    private mutating func begin(_ lines: [ArraySlice<UInt8>]) throws(HTTPMessageFailure) {
        guard let first = lines.first else { return }
        let (startLine, isVersion11) = try HTTPLine.start(first, role)
        var headers = HTTPHeaders()
        for line in lines.dropFirst() where !line.isEmpty {
            let (name, value) = try HTTPLine.field(line)
            headers.append(value, for: name)
        }
        if case .status(let status) = startLine, (100..<200).contains(status) { return }
        let connection = headers["Connection"]?.lowercased()
        head = Head(
            startLine: startLine, headers: headers,
            keepsConnection: isVersion11 ? connection != "close" : connection == "keep-alive",
            isVersion11: isVersion11)
        state = try bodyState(startLine, headers)
        if case .body(let count) = state { body.reserveCapacity(min(count, Self.largestReservedBytes)) }
    }

    private func bodyState(
        _ startLine: StartLine, _ headers: HTTPHeaders
    ) throws(HTTPMessageFailure) -> State {
        if startLine == .status(204) || startLine == .status(304) { return .finished }
        let lengths = headers.values("Content-Length")
        if let coding = headers["Transfer-Encoding"] {
            guard coding.lowercased() == "chunked" else { throw .malformed("transfer encoding \(coding)") }
            // Two ways to find the end of a request are two opinions about where the next one begins.
            guard role == .reply || lengths.isEmpty else { throw .malformed("a length beside chunks") }
            return .chunkSize
        }
        guard let text = lengths.first else { return role == .reply ? .bodyUntilEnd : .finished }
        guard let length = HTTPLine.decimal(Array(text.utf8)[...]), lengths.allSatisfy({ $0 == text }) else {
            throw .malformed("content length \(lengths.joined(separator: ", "))")
        }
        guard length <= largestBodyBytes else { throw .tooLarge("content length \(text)") }
        return length == 0 ? .finished : .body(remaining: length)
    }

    // MARK: Body

    private mutating func appendToBody(
        _ rest: inout ArraySlice<UInt8>, atMost limit: Int
    ) throws(HTTPMessageFailure) -> Int {
        let part = rest.prefix(limit)
        guard body.count + part.count <= largestBodyBytes else { throw .tooLarge("the body is too long") }
        body += part
        rest = rest[part.endIndex...]
        return part.count
    }

    /// Moves bytes up to the end of a line, which is given back without it.
    private mutating func takeLine(
        _ rest: inout ArraySlice<UInt8>
    ) throws(HTTPMessageFailure) -> ArraySlice<UInt8>? {
        let end = rest.firstIndex(of: HTTPLine.newLine) ?? rest.endIndex
        text += rest[..<end]
        guard text.count <= largestHeadBytes else { throw .tooLarge("a line is too long") }
        guard end < rest.endIndex else {
            rest = rest[end...]
            return nil
        }
        rest = rest[(end + 1)...]
        defer { text = [] }
        return HTTPLine.withoutCarriageReturn(text[...])
    }
}

/// Why bytes are no HTTP message.
package enum HTTPMessageFailure: Error, Equatable {
    case endOfConnection(isInsideMessage: Bool)
    case malformed(String)
    case tooLarge(String)
}
