import LambdaRuntime
import ReplyFuzzing
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

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "content length 1, 2"),
        ("HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx", "a header line without a name"),
        ("HTTP/1.1 200 OK\r\nX: y\r\n z: w\r\n\r\n", "a header line without a name"),
        ("HTTP/1.1 200 OK\r\nX: y\u{0}z\r\n\r\n", "a header with a control character"),
    ]) func `what two readers would understand differently is refused`(text: String, reason: String) {
        #expect(throws: HTTPReplyFailure.malformed(reason)) { try read(text) }
    }

    @Test(arguments: [
        ("", "HTTP/1.1 100 Continue\r\n\r\n"), ("", "\r\n"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n"),
    ]) func `what repeats for ever comes to an end`(start: String, part: String) {
        var reader = HTTPReplyReader()
        #expect(throws: HTTPReplyFailure.self) {
            _ = try reader.receive(Array(start.utf8)[...])
            for _ in 0...HTTPReplyReader.largestHeadBytes { _ = try reader.receive(Array(part.utf8)[...]) }
        }
    }

    @Test func `ten thousand replies neither crash nor depend on how they were split`() throws {
        var fuzzer = ReplyFuzzer(seed: 2026)
        try fuzzer.run(inputs: 10_000)
        #expect(fuzzer.tally.replies > 5000 && fuzzer.tally.failures > 5000)
    }

    private func read(_ text: String) throws(HTTPReplyFailure) -> HTTPReplyReader.Reply? {
        var reader = HTTPReplyReader()
        return try reader.receive(Array(text.utf8)[...])
    }
}
