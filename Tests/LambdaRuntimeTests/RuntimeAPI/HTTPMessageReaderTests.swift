import LambdaRuntime
import ReplyFuzzing
import Testing
import Wire

@Suite struct HTTPMessageReaderTests {
    private var reader = HTTPMessageReader(.request, largestHeadBytes: 200, largestBodyBytes: 10)

    @Test mutating func `requests follow each other on a connection`() throws {
        var rest = Array(
            "GET /a?b HTTP/1.1\r\n\r\nPOST /c HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiPUT".utf8)[...]
        let first = try #require(try reader.receive(&rest))
        #expect(first.head.startLine == .request(method: "GET", target: "/a?b"))
        #expect(first.body == [])
        let second = try #require(try reader.receive(&rest))
        #expect(second.head.startLine == .request(method: "POST", target: "/c"))
        #expect(second.body == Array("hi".utf8))
        #expect(try reader.receive(&rest) == nil)
        #expect(reader.hasBegun)
    }

    @Test mutating func `the head can be looked at before the body has come`() throws {
        var rest = Array("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n".utf8)[...]
        #expect(try reader.receive(&rest) == nil)
        #expect(reader.head?.headers["expect"] == "100-continue")
    }

    @Test(arguments: [
        "POST / HTTP/1.1\r\nContent-Length: 11\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nB\r\n01234567890\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n6\r\n012345\r\n",
        "POST /" + String(repeating: "x", count: 200),
    ]) func `more than the limit is refused as too large`(text: String) {
        var (reader, rest) = (reader, Array(text.utf8)[...])
        do throws(HTTPMessageFailure) {
            _ = try reader.receive(&rest)
            Issue.record("taken")
        } catch {
            guard case .tooLarge = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test(arguments: [
        "POST  / HTTP/1.1\r\n\r\n", "POST / HTTP/2\r\n\r\n", "POST /\r\n\r\n", "P(ST / HTTP/1.1\r\n\r\n",
        "POST invoke HTTP/1.1\r\n\r\n", "POST /\u{7F} HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n",
    ]) func `what is no request is refused`(text: String) {
        var (reader, rest) = (reader, Array(text.utf8)[...])
        #expect(throws: HTTPMessageFailure.self) { try reader.receive(&rest) }
    }

    @Test func `requests of random bytes neither crash nor depend on how they were split`() {
        var random = SplitMix64(state: 7)
        let parts =
            [
                "POST ", "/a ", "HTTP/1.1", "\r\n", "\r\n\r\n", "Content-Length: 3", "abc", ":", " ", "0",
                "Expect: ",
            ]
            .map { Array($0.utf8) } + [Array("Transfer-Encoding: chunked\r\n".utf8)]
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...12, using: &random)).flatMap { _ in
                parts[Int.random(in: 0..<parts.count, using: &random)]
            }
            #expect(messages(in: [bytes[...]]) == messages(in: bytes.indices.map { bytes[$0...$0] }))
        }
    }

    private struct Outcome: Equatable {
        var messages: [HTTPMessageReader.Message] = []
        var failure: HTTPMessageFailure?
    }

    /// All that can be read, and the failure that has ended it.
    private func messages(in parts: [ArraySlice<UInt8>]) -> Outcome {
        var (reader, outcome) = (reader, Outcome())
        do throws(HTTPMessageFailure) {
            for part in parts {
                var rest = part
                while let message = try reader.receive(&rest) { outcome.messages.append(message) }
            }
        } catch {
            outcome.failure = error
        }
        return outcome
    }
}
