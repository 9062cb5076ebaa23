/// A call of the bootstrap.
struct BenchCall {
    var socket: Int32
    var method: String
    var path: String
    var body: [UInt8]

    var isNext: Bool { method == "GET" && path.hasSuffix("/runtime/invocation/next") }
    var isRefusal: Bool { path.hasSuffix("/error") && !path.hasSuffix("/init/error") }
    var isResponse: Bool { method == "POST" && path.hasSuffix("/response") }
    var isError: Bool { method == "POST" && path.hasSuffix("/error") }
}

/// The requests on one connection, read from bytes as they come.
struct BenchConnection {
    let socket: Int32
    private var bytes: [UInt8] = []
    private var head: Head?
    private var hasContinued = false

    init(socket: Int32) { self.socket = socket }

    private struct Head {
        var method: String
        var path: String
        var byteCount: Int
        var bodyBytes: Int
        var isChunked: Bool
        var expectsContinue: Bool
    }

    /// - Returns: Whether the bootstrap wants to be told to go on with the body.
    mutating func receive(_ received: ArraySlice<UInt8>) -> Bool {
        bytes += received
        if head == nil { head = readHead() }
        guard let head, head.expectsContinue, !hasContinued else { return false }
        hasContinued = true
        return true
    }

    /// The next request, once it is complete.
    mutating func takeCall() -> BenchCall? {
        if head == nil && !bytes.isEmpty { head = readHead() }
        guard let head else { return nil }
        let start = head.byteCount
        let body: [UInt8]
        let end: Int
        if head.isChunked {
            guard let chunked = chunks(from: start) else { return nil }
            (body, end) = chunked
        } else {
            end = start + head.bodyBytes
            guard bytes.count >= end else { return nil }
            body = Array(bytes[start..<end])
        }
        bytes.removeFirst(end)
        self.head = nil
        hasContinued = false
        return BenchCall(socket: socket, method: head.method, path: head.path, body: body)
    }

    private func readHead() -> Head? {
        guard let end = endOfHead() else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var head = Head(
            method: String(words[0]), path: String(words[1]), byteCount: end + 4, bodyBytes: 0,
            isChunked: false, expectsContinue: false)
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            let value = pair[1].drop { $0 == " " }.lowercased()
            switch pair[0].lowercased() {
            case "content-length": head.bodyBytes = Int(value) ?? 0
            case "transfer-encoding": head.isChunked = value == "chunked"
            case "expect": head.expectsContinue = value == "100-continue"
            default: break
            }
        }
        return head
    }

    private func endOfHead() -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { start in
            bytes[start] == mark[0] && bytes[start..<(start + mark.count)].elementsEqual(mark)
        }
    }

    /// The decoded body and where it ends, or `nil` while it is not complete.
    private func chunks(from start: Int) -> (body: [UInt8], end: Int)? {
        var body: [UInt8] = []
        var position = start
        while let lineEnd = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: bytes[position..<lineEnd], as: UTF8.self)
            let size = Int(line.prefix { $0.isHexDigit }, radix: 16) ?? 0
            position = lineEnd + 1
            guard bytes.count >= position + size + 2 else { return nil }
            if size == 0 { return (body, position + 2) }
            body += bytes[position..<(position + size)]
            position += size + 2
        }
        return nil
    }
}
