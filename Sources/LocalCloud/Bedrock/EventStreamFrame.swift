import Wire

/// One message of `application/vnd.amazon.eventstream`.
///
/// Lengths and CRC of the prelude, headers (all of them strings), payload, CRC of everything before;
/// big-endian. Source: Amazon Transcribe Developer Guide, "Event stream encoding".
package struct EventStreamFrame: Sendable, Equatable {
    package let headers: [(name: String, value: String)]
    package let payload: [UInt8]

    package init(headers: [(name: String, value: String)], payload: [UInt8]) {
        self.headers = headers
        self.payload = payload
    }

    static func event(_ type: String, _ payload: JSONValue) -> EventStreamFrame {
        EventStreamFrame(
            headers: [
                (":event-type", type), (":content-type", "application/json"), (":message-type", "event"),
            ], payload: payload.bytes)
    }

    static func exception(_ failure: ModelBackendFailure) -> EventStreamFrame {
        let payload: JSONValue = ["message": .string(failure.message)]
        return EventStreamFrame(
            headers: [
                (":exception-type", failure.streamName), (":content-type", "application/json"),
                (":message-type", "exception"),
            ], payload: payload.bytes)
    }

    package var bytes: [UInt8] {
        let headers = self.headers.flatMap { Self.bytes(ofHeader: $0.name, $0.value) }
        let length = 12 + headers.count + payload.count + 4
        var bytes = Self.bytes(of: UInt32(length)) + Self.bytes(of: UInt32(headers.count))
        bytes += Self.bytes(of: CRC32.checksum(bytes))
        bytes += headers
        bytes += payload
        return bytes + Self.bytes(of: CRC32.checksum(bytes))
    }

    package static func == (left: EventStreamFrame, right: EventStreamFrame) -> Bool {
        left.payload == right.payload
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }

    /// 7: a string with a two-byte length.
    private static func bytes(ofHeader name: String, _ value: String) -> [UInt8] {
        [UInt8(name.utf8.count)] + Array(name.utf8) + [7]
            + withUnsafeBytes(of: UInt16(value.utf8.count).bigEndian) { Array($0) } + Array(value.utf8)
    }

    private static func bytes(of number: UInt32) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}

/// CRC-32 as in IEEE 802.3.
enum CRC32 {
    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { crc, byte in
            table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ (crc >> 8)
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
}
