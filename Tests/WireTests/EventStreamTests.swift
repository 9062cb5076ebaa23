import Fakes
import Quantities
import Testing
import Wire

@Suite struct EventStreamTests {
    private let event = EventMessage(
        headers: [
            EventHeader(":message-type", .string("event")), EventHeader("n", .long(.min)),
            EventHeader("raw", .bytes([0, 255])),
        ], payload: Array("{}".utf8))

    @Test func `the published messages are read, and written again byte for byte`() throws {
        let vectors = try EventStreamVector.all("messages")
        #expect(vectors.count == 11)
        for vector in vectors {
            let message = EventMessage(
                headers: try vector.headers, payload: Array((vector.json["payload"]?.string ?? "").utf8))
            var decoder = EventStreamDecoder()
            #expect(try decoder.receive(vector.bytes) == [message], "\(vector.name)")
            try decoder.finish()
            #expect(try message.bytes == vector.bytes, "\(vector.name)")
        }
    }

    @Test func `the published damages are refused, each by its name`() throws {
        let vectors = try EventStreamVector.all("refused")
        #expect(vectors.count == 6)
        for vector in vectors {
            var decoder = EventStreamDecoder()
            let failure = #expect(throws: EventStreamFailure.self) { try decoder.receive(vector.bytes) }
            #expect(failure?.name == vector.json["failure"]?.string, "\(vector.name)")
        }
    }

    @Test(arguments: [1, 2, 3, 7, 11, 12, 13, 64, 1000])
    func `messages are the same in pieces of any size`(size: Int) throws {
        let vectors = try EventStreamVector.all("messages")
        let bytes = vectors.flatMap(\.bytes)
        var whole = EventStreamDecoder()
        var decoder = EventStreamDecoder()
        var messages: [EventMessage] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            messages += try decoder.receive(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        try decoder.finish()
        #expect(messages.count == vectors.count)
        #expect(try messages == whole.receive(bytes))
    }

    @Test func `every single flipped bit is noticed`() throws {
        let bytes = try event.bytes
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            var decoder = EventStreamDecoder()
            #expect(throws: EventStreamFailure.self, "bit \(bit)") { try decoder.receive(damaged) }
        }
    }

    @Test func `a stream cut off anywhere but between messages did not end`() throws {
        let bytes = try event.bytes
        for length in 0...bytes.count {
            var decoder = EventStreamDecoder()
            #expect(try decoder.receive(bytes + bytes.prefix(length)).count == (length < bytes.count ? 1 : 2))
            guard 0 < length, length < bytes.count else {
                try decoder.finish()
                continue
            }
            let missing = (length < 12 ? 12 : bytes.count) - length
            #expect(throws: EventStreamFailure.endedInsideMessage(missingBytes: missing)) {
                try decoder.finish()
            }
        }
    }

    @Test func `good messages come out before a bad one stops the stream for ever`() throws {
        let good = try event.bytes
        var bad = good
        bad[bad.count - 1] ^= 1
        var decoder = EventStreamDecoder()
        #expect(try decoder.receive(good + bad + good) == [event])
        let failure = try #require(
            #expect(throws: EventStreamFailure.self) { try decoder.receive(good) })
        #expect(failure.name == "messageChecksum")
        #expect(throws: failure) { try decoder.finish() }
    }

    @Test(arguments: [
        (total: 15, headers: 0, "impossibleLengths"), (40, 25, "impossibleLengths"),
        (0xFFFF_FFFF, 0, "payloadTooLong"), (24 * 1024 * 1024 + 17, 0, "payloadTooLong"),
        (0x20_0000, 128 * 1024 + 1, "headersTooLong"),
    ])
    func `lengths that cannot be are not waited for`(total: Int, headers: Int, failure: String) throws {
        var prelude: [UInt8] = []
        for number in [UInt32(total), UInt32(headers)] {
            withUnsafeBytes(of: number.bigEndian) { prelude += $0 }
        }
        withUnsafeBytes(of: CRC32.checksum(prelude).bigEndian) { prelude += $0 }
        var decoder = EventStreamDecoder()
        #expect(#expect(throws: EventStreamFailure.self) { try decoder.receive(prelude) }?.name == failure)
    }

    @Test(
        arguments: [
            ([1, 0x61, 10], "unknownHeaderType"), ([0, 0], "malformedHeader"),
            ([1, 0xFF, 0], "malformedHeader"),
            ([1, 0x61, 7, 0, 1, 0xC3], "malformedHeader"), ([1, 0x61, 7, 0, 9, 0x62], "headersCutOff"),
            ([5, 0x61], "headersCutOff"), ([1, 0x61, 9, 1, 2], "headersCutOff"),
            ([1, 0x61, 0, 1, 0x61, 1], "duplicateHeader"),
        ] as [([UInt8], String)])
    func `headers that cannot be read are refused`(headers: [UInt8], failure: String) throws {
        // A message whose payload stands where headers should, framed again with the lengths exchanged.
        var bytes = try EventMessage(payload: headers).bytes
        bytes[7] = UInt8(headers.count)
        bytes.replaceSubrange(8..<12, with: checksum(bytes[..<8]))
        bytes.replaceSubrange((bytes.count - 4)..., with: checksum(bytes.dropLast(4)))
        var decoder = EventStreamDecoder()
        #expect(#expect(throws: EventStreamFailure.self) { try decoder.receive(bytes) }?.name == failure)
    }

    @Test func `what does not fit into a message is not written`() throws {
        let text = String(repeating: "x", count: 32_768)
        for header in [
            EventHeader("", .bool(true)), EventHeader(String(text.prefix(256)), .bool(true)),
            EventHeader("a", .string(text)), EventHeader("a", .bytes(Array(text.utf8))),
        ] {
            #expect(throws: EventStreamFailure.self) { try EventMessage(headers: [header]).bytes }
        }
        let headers = (0..<5).map { EventHeader("h\($0)", .string(String(text.dropFirst()))) }
        #expect(throws: EventStreamFailure.self) { try EventMessage(headers: headers).bytes }
        #expect(try EventMessage(headers: Array(headers.prefix(3))).bytes.count > 98_000)
    }

    @Test func `only texts are read by name`() {
        #expect(event[":message-type"] == "event")
        #expect(event["n"] == nil)
        #expect(event["absent"] == nil)
    }

    private func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        withUnsafeBytes(of: CRC32.checksum(bytes).bigEndian) { Array($0) }
    }
}

/// A message of `Tests/Fixtures/aws/event-stream/golden.json`.
private struct EventStreamVector {
    let json: JSONValue

    static func all(_ list: String) throws -> [EventStreamVector] {
        try #require(try GoldenFixture(service: "event-stream").document[list]?.array).map(Self.init)
    }

    var name: String { json["name"]?.string ?? "" }
    var bytes: [UInt8] { Self.bytes(json["bytes"]) }

    var headers: [EventHeader] {
        get throws {
            try (json["headers"]?.array ?? []).map { header in
                EventHeader(
                    try #require(header["name"]?.string),
                    try #require(try Self.value(header["type"]?.string ?? "", header["value"] ?? .null)))
            }
        }
    }

    private static func value(_ type: String, _ value: JSONValue) throws -> EventHeader.Value? {
        switch type {
        case "bool": .bool(value == true)
        case "byte": .byte(Int8(try #require(value.int)))
        case "short": .short(Int16(try #require(value.int)))
        case "integer": .integer(Int32(try #require(value.int)))
        case "long": .long(Int64(try #require(value.int)))
        case "bytes": .bytes(bytes(value))
        case "string": .string(try #require(value.string))
        case "timestamp": .timestamp(millisecondsSinceEpoch: Int64(try #require(value.int)))
        case "uuid": .uuid(try #require(UUID(value.string ?? "")))
        default: nil
        }
    }

    /// From hexadecimal digits.
    private static func bytes(_ digits: JSONValue?) -> [UInt8] {
        let digits = Array((digits?.string ?? "").utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}

extension EventStreamFailure {
    fileprivate var name: String {
        switch self {
        case .preludeChecksum: "preludeChecksum"
        case .messageChecksum: "messageChecksum"
        case .impossibleLengths: "impossibleLengths"
        case .headersTooLong: "headersTooLong"
        case .payloadTooLong: "payloadTooLong"
        case .headersCutOff: "headersCutOff"
        case .malformedHeader: "malformedHeader"
        case .unknownHeaderType: "unknownHeaderType"
        case .duplicateHeader: "duplicateHeader"
        case .headerTooLong: "headerTooLong"
        case .endedInsideMessage: "endedInsideMessage"
        }
    }
}
