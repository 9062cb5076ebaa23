import Testing
import Transport
import Wire

@Suite struct CurlTransportGzipTests {
    /// `packed packed packed`, by Python's `gzip.compress(..., mtime=0)`.
    static let packed: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2b, 0x48, 0x4c, 0xce, 0x4e, 0x4d, 0x51,
        0x28, 0x40, 0xa6, 0x00, 0xe6, 0x91, 0x8b, 0x05, 0x14, 0x00, 0x00, 0x00,
    ]

    /// A gzip file of `1 + 258 * runs` zeros: RFC 1951's fixed codes, a run of 258 in 13 bits.
    private static func zeros(runs: Int) -> [UInt8] {
        var bits: [Bool] = [true, true, false]  // last block, fixed codes
        bits += [false, false, true, true, false, false, false, false]  // the byte 0
        let run = [true, true, false, false, false, true, false, true] + Array(repeating: false, count: 5)
        for _ in 0..<runs { bits += run }
        bits += Array(repeating: false, count: 7)  // the end
        var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
        for start in stride(from: 0, to: bits.count, by: 8) {
            bytes.append(
                bits[start..<min(start + 8, bits.count)].reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
        }
        return bytes + checksum(ofZeros: 1 + 258 * runs)
    }

    /// CRC-32 and length, which end the file.
    private static func checksum(ofZeros count: Int) -> [UInt8] {
        var checksum = UInt32.max
        for _ in 0..<8 * count { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xedb8_8320 : 0) }
        return [~checksum, UInt32(count)].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
    }

    private func answer(
        _ body: [UInt8], to request: HTTPRequest? = nil, limit: Int = 1024 * 1024, unpacks: Bool = true
    ) async throws -> (response: HTTPResponse, accepted: [String]) {
        let (heads, report) = AsyncStream.makeStream(of: TestConnection.Request.self)
        let server = try TestServer { connection in
            guard let request = connection.readRequest() else { return }
            report.yield(request)
            connection.respond(body, headers: ["Content-Encoding: gzip", "X-Other: 1"])
        }
        defer { server.stop() }
        var request = HTTPRequest(
            .get, try #require(HTTPURL(server.address)), headers: request?.headers ?? [:])
        request.url.path = "/"
        let transport = CurlTransport(
            certificateBundle: nil, largestResponseBytes: limit, unpacksGzip: unpacks)
        let response = try await transport.send(request, timeout: .seconds(20))
        var iterator = heads.makeAsyncIterator()
        return (response, try #require(await iterator.next()).values("Accept-Encoding"))
    }

    @Test func `a packed answer looks as if it had never been packed`() async throws {
        let (response, accepted) = try await answer(Self.packed)
        #expect(accepted == ["gzip"])
        #expect(response.body == Array("packed packed packed".utf8))
        #expect(response.headers == ["X-Other": "1"])
    }

    @Test func `nobody is asked to pack, and nothing is unpacked, unless the transport is told so`()
        async throws
    {
        let (response, accepted) = try await answer(Self.packed, unpacks: false)
        #expect(accepted == [])
        #expect(response.body == Self.packed)
        #expect(response.headers["Content-Encoding"] == "gzip")
    }

    @Test func `a request with a wish of its own gets what the server sent`() async throws {
        let request = HTTPRequest(
            .get, try #require(HTTPURL("http://unused.test")), headers: ["Accept-Encoding": "identity"])
        let (response, accepted) = try await answer(Self.packed, to: request)
        #expect(accepted == ["identity"])
        #expect(response.body == Self.packed)
    }

    @Test func `a small answer that unpacks to a large one is cut off at the limit`() async throws {
        let failure = await #expect(throws: TransportFailure.self) {
            try await answer(Self.zeros(runs: 5_000))
        }
        guard case .tooLong(_, 1_048_576) = failure else {
            Issue.record("\(String(describing: failure)) is not .tooLong")
            return
        }
        let whole = try await answer(Self.zeros(runs: 5_000), limit: 16 * 1024 * 1024)
        #expect(whole.response.body.count == 1 + 5_000 * 258)
    }

    @Test func `what is not gzip after all is no answer`() async throws {
        let failure = await #expect(throws: TransportFailure.self) { try await answer(Array("plain".utf8)) }
        guard case .interrupted = failure else {
            Issue.record("\(String(describing: failure)) is not .interrupted")
            return
        }
    }
}
