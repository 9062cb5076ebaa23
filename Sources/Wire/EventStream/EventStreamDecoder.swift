/// Cuts a body of `application/vnd.amazon.eventstream` into messages, in whatever pieces it arrives.
///
///     for try await piece in response.body {
///         for message in try decoder.receive(piece) { ... }
///     }
///     try decoder.finish()
///
/// Holds no more than one message that is not complete. What its first twelve bytes say is believed only
/// when their own checksum is right, so a broken length is never waited for.
package struct EventStreamDecoder: Sendable {
    private var buffer: [UInt8] = []
    /// Where the next message begins in the buffer.
    private var start = 0
    private var failure: EventStreamFailure?

    package init() {}

    /// - Returns: The messages that became complete, in order. When one that cannot be read follows good
    ///   ones, these are returned and the next call throws.
    /// - Throws: ``EventStreamFailure``, from then on at every call: after bytes that cannot be read nobody
    ///   knows where the next message begins.
    package mutating func receive(_ bytes: [UInt8]) throws(EventStreamFailure) -> [EventMessage] {
        if let failure { throw failure }
        buffer += bytes
        var messages: [EventMessage] = []
        do throws(EventStreamFailure) {
            while let message = try next() { messages.append(message) }
        } catch {
            failure = error
            if messages.isEmpty { throw error }
        }
        buffer.removeFirst(start)
        start = 0
        return messages
    }

    /// The body has ended.
    ///
    /// - Throws: ``EventStreamFailure/endedInsideMessage(missingBytes:)`` when it was cut off, or what
    ///   ``receive(_:)`` could not say yet.
    package func finish() throws(EventStreamFailure) {
        if let failure { throw failure }
        guard !buffer.isEmpty else { return }
        let expected = try frame()?.total ?? EventFrame.preludeBytes
        throw .endedInsideMessage(missingBytes: expected - buffer.count)
    }

    private mutating func next() throws(EventStreamFailure) -> EventMessage? {
        guard let frame = try frame(), buffer.count - start >= frame.total else { return nil }
        let message = buffer[start..<start + frame.total]
        let body = message.dropLast(EventFrame.checksumBytes)
        let given = UInt32(bigEndian: message.suffix(EventFrame.checksumBytes))
        let found = CRC32.checksum(body)
        guard given == found else { throw .messageChecksum(given: given, found: found) }
        let content = body.dropFirst(EventFrame.preludeBytes)
        var reader = EventHeaderReader(content.prefix(frame.headers))
        start += frame.total
        return EventMessage(
            headers: try reader.headers(), payload: Array(content.dropFirst(frame.headers)))
    }

    /// `nil` while the prelude is not complete.
    private func frame() throws(EventStreamFailure) -> EventFrame? {
        let prelude = buffer[start...].prefix(EventFrame.preludeBytes)
        guard prelude.count == EventFrame.preludeBytes else { return nil }
        let given = UInt32(bigEndian: prelude.suffix(4))
        let found = CRC32.checksum(prelude.prefix(8))
        guard given == found else { throw .preludeChecksum(given: given, found: found) }
        return try EventFrame(
            total: Int(UInt32(bigEndian: prelude.prefix(4))),
            headers: Int(UInt32(bigEndian: prelude.dropFirst(4).prefix(4))))
    }
}
