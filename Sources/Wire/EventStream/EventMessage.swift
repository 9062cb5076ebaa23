/// One message of `application/vnd.amazon.eventstream`, the framing of the services that answer, or are
/// asked, piece by piece.
///
/// At the wire: length of the message and of its headers, four bytes each; the CRC of these eight; headers;
/// payload; the CRC of everything before. Numbers are big-endian. Source: Smithy's specification, "Amazon
/// Event Stream encoding"; botocore's `eventstream.py`.
package struct EventMessage: Sendable, Hashable {
    package var headers: [EventHeader]
    package var payload: [UInt8]

    package init(headers: [EventHeader] = [], payload: [UInt8] = []) {
        self.headers = headers
        self.payload = payload
    }

    /// The text of a header; `nil` when there is none of this name, or it is no text.
    package subscript(name: String) -> String? {
        guard case .string(let text) = headers.first(where: { $0.name == name })?.value else { return nil }
        return text
    }

    /// The message as it is sent.
    ///
    /// - Throws: ``EventStreamFailure`` for a message beyond the limits.
    package var bytes: [UInt8] {
        get throws(EventStreamFailure) {
            var headerBytes: [UInt8] = []
            for header in headers { try header.append(to: &headerBytes) }
            let frame = EventFrame(headers: headerBytes.count, payload: payload.count)
            try frame.checkLimits()
            var bytes: [UInt8] = []
            bytes.reserveCapacity(frame.total)
            bytes.append(bigEndian: UInt32(frame.total))
            bytes.append(bigEndian: UInt32(frame.headers))
            bytes.append(bigEndian: CRC32.checksum(bytes))
            bytes += headerBytes
            bytes += payload
            bytes.append(bigEndian: CRC32.checksum(bytes))
            return bytes
        }
    }
}

/// How long the parts of a message are, in bytes.
struct EventFrame {
    let headers: Int
    let payload: Int

    /// Two lengths and their CRC.
    static let preludeBytes = 12
    static let checksumBytes = 4
    /// Source of the limits: botocore's `eventstream.py`.
    static let longestHeaders = 128 * 1024
    static let longestPayload = 24 * 1024 * 1024

    var total: Int { Self.preludeBytes + headers + payload + Self.checksumBytes }

    init(headers: Int, payload: Int) {
        self.headers = headers
        self.payload = payload
    }

    init(total: Int, headers: Int) throws(EventStreamFailure) {
        self.init(headers: headers, payload: total - headers - Self.preludeBytes - Self.checksumBytes)
        guard payload >= 0 else { throw .impossibleLengths(message: total, headers: headers) }
        try checkLimits()
    }

    func checkLimits() throws(EventStreamFailure) {
        guard headers <= Self.longestHeaders else {
            throw .headersTooLong(bytes: headers, limit: Self.longestHeaders)
        }
        guard payload <= Self.longestPayload else {
            throw .payloadTooLong(bytes: payload, limit: Self.longestPayload)
        }
    }
}
