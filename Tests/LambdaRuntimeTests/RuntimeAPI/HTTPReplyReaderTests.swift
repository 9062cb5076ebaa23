import LambdaRuntime
import Testing
import Wire

@Suite struct HTTPReplyReaderTests {
    @Test func `a reply with a length is complete with its last byte`() throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Name:  two words \r\n\r\n[]"
        var reader = HTTPReplyReader()
        #expect(try reader.receive(Array(text.utf8.dropLast())[...]) == nil)
        let reply = try #require(try reader.receive([UInt8(ascii: "]")]))
        #expect(reply.response.status == 200)
        #expect(reply.response.headers["x-name"] == "two words")
        #expect(reply.response.body == Array("[]".utf8))
        #expect(reply.keepsConnection)
    }

    @Test func `a reply without a length lasts to the end of the connection`() throws {
        var reader = HTTPReplyReader()
        #expect(try reader.receive(Array("HTTP/1.0 200 OK\r\n\r\n[1".utf8)[...]) == nil)
        #expect(try reader.receive(Array("]".utf8)[...]) == nil)
        let reply = try reader.receiveEnd()
        #expect(reply.response.body == Array("[1]".utf8))
        #expect(!reply.keepsConnection)
    }

    @Test func `interim replies are passed over`() throws {
        let reply = try read(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
        #expect(reply?.response.status == 202)
    }

    @Test func `lines may end without a carriage return`() throws {
        let reply = try read("HTTP/1.1 200 OK\nContent-Length: 1\n\nx")
        #expect(reply?.response.body == [UInt8(ascii: "x")])
    }

    @Test func `bytes after a reply spoil the connection`() throws {
        let reply = try read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy")
        #expect(reply?.keepsConnection == false)
    }

    @Test func `connection headers are obeyed`() throws {
        #expect(
            try read("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n")?.keepsConnection
                == false)
        #expect(
            try read("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n")?
                .keepsConnection == true)
        #expect(try read("HTTP/1.1 204 No Content\r\n\r\n")?.response.body == [])
    }

    @Test(arguments: [
        "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: value\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 67108865\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
    ]) func `what is not HTTP is refused`(text: String) {
        #expect(throws: HTTPReplyFailure.self) { try read(text) }
    }

    @Test func `an endless head is refused`() {
        let line = "X-Padding: " + String(repeating: "x", count: HTTPReplyReader.largestHeadBytes)
        #expect(throws: HTTPReplyFailure.malformed("the head is too long")) {
            try read("HTTP/1.1 200 OK\r\n" + line)
        }
    }

    @Test func `twenty thousand damaged replies neither crash nor depend on how they were split`() {
        var random = SplitMix64(state: 2026)
        for _ in 0..<20_000 {
            let bytes = mutated(Self.replies[Int.random(in: 0..<Self.replies.count, using: &random)], &random)
            let whole = outcome(of: [bytes[...]])
            let parts = split(bytes, &random)
            #expect(whole == outcome(of: parts), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private enum Outcome: Equatable {
        case reply(HTTPResponse)
        case failure(HTTPReplyFailure)
    }

    private static let replies: [[UInt8]] = [
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"a\":\"b c d\"}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n"
            + "5\r\nhello\r\nA;q=1\r\n0123456789\r\n0\r\nT: u\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nuntil the end",
        "HTTP/1.1 410 Gone\nContent-Length: 2\n\n{}",
    ].map { Array($0.utf8) }

    private func outcome(of parts: [ArraySlice<UInt8>]) -> Outcome {
        var reader = HTTPReplyReader()
        do throws(HTTPReplyFailure) {
            for part in parts {
                if let reply = try reader.receive(part) { return .reply(reply.response) }
            }
            return .reply(try reader.receiveEnd().response)
        } catch {
            return .failure(error)
        }
    }

    private func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let length = Int.random(in: 0...min(12, bytes.count - place), using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.insert("\r\n :0;f".utf8.randomElement(using: &random) ?? 0, at: place)
            case 2: bytes.removeSubrange(place..<(place + length))
            case 3: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
            case 4: bytes.removeLast(bytes.count - place)
            default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        }
        return bytes
    }

    private func split(_ bytes: [UInt8], _ random: inout SplitMix64) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...9, using: &random))
            parts.append(part)
            rest = rest[part.endIndex...]
        }
        return parts
    }

    private func read(_ text: String) throws(HTTPReplyFailure) -> HTTPReplyReader.Reply? {
        var reader = HTTPReplyReader()
        return try reader.receive(Array(text.utf8)[...])
    }
}

/// The same numbers in every run.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
