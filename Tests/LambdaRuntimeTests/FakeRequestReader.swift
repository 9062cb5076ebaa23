#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads requests from a connection as they were sent: a chunked body keeps its chunks and trailers.
struct FakeRequestReader {
    private let connection: Int32
    private var bytes: [UInt8] = []
    private var headCount = 0
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(_ connection: Int32) { self.connection = connection }

    /// - Returns: `nil` when the client has closed the connection.
    mutating func readHead() -> String? {
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                headCount = end.upperBound
                return String(decoding: bytes[..<headCount], as: UTF8.self)
            }
            guard receive() else { return nil }
        }
    }

    /// Reads to the end of the request, or so many bytes of its body, or to the end of the connection.
    mutating func readBody(atMost limit: Int) {
        let head = String(decoding: bytes[..<headCount], as: UTF8.self).lowercased()
        if head.contains("transfer-encoding: chunked") {
            var position = headCount
            while bytes.count - headCount < limit, let next = skipChunk(at: position, limit) {
                position = next.position
                if next.isLast { return }
            }
            return
        }
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
            .flatMap { Int($0.dropFirst(16)) }
        let end = headCount + min(length ?? 0, limit)
        while bytes.count < end, receive() {}
    }

    mutating func takeRequest() -> String {
        defer { bytes = [] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Returns: `nil` when the connection ended, or enough was read.
    private mutating func skipChunk(at start: Int, _ limit: Int) -> (position: Int, isLast: Bool)? {
        guard let sizeEnd = lineEnd(from: start, limit) else { return nil }
        let text = String(decoding: bytes[start..<sizeEnd - 2], as: UTF8.self)
        guard let size = Int(text, radix: 16) else { return nil }
        guard size > 0 else {
            var position = sizeEnd
            while let end = lineEnd(from: position, limit) {
                if end == position + 2 { return (end, true) }
                position = end
            }
            return nil
        }
        while bytes.count < sizeEnd + size + 2 {
            guard bytes.count - headCount < limit, receive() else { return nil }
        }
        return (sizeEnd + size + 2, false)
    }

    /// - Returns: The position behind the next line break.
    private mutating func lineEnd(from start: Int, _ limit: Int) -> Int? {
        while true {
            if let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) { return end + 1 }
            guard bytes.count - headCount < limit, receive() else { return nil }
        }
    }

    private mutating func receive() -> Bool {
        let count = read(connection, &buffer, buffer.count)
        guard count > 0 else { return false }
        bytes += buffer[..<count]
        return true
    }
}
