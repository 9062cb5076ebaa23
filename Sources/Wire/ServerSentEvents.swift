/// An event of `text/event-stream`.
package struct ServerSentEvent: Sendable, Hashable {
    /// Empty means the same as `message`.
    package let type: String
    /// The lines of the data, joined by line feeds.
    package let data: String

    package init(type: String = "", data: String) {
        self.type = type
        self.data = data
    }

    package var isMessage: Bool { type.isEmpty || type == "message" }
}

/// An event grew beyond all bounds.
package struct ServerSentEventFailure: Error, Hashable, CustomStringConvertible {
    package let limitBytes: Int

    package init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    package var description: String { "an event is longer than \(limitBytes) bytes" }
}

/// Cuts a body of `text/event-stream` into events, in whatever pieces it arrives: a line, an end of line and
/// a character may be cut anywhere.
///
/// Source: the HTML standard, section 9.2.6. Comments and the fields `id` and `retry` are passed over.
package struct ServerSentEventDecoder: Sendable {
    /// Of one event, all its lines together.
    package static let standardLimitBytes = 8 * 1024 * 1024

    private let limitBytes: Int
    private var line: [UInt8] = []
    private var data: [[UInt8]] = []
    private var type = ""
    private var eventBytes = 0
    /// A carriage return was the last byte: a line feed after it ends no second line.
    private var isAfterReturn = false
    private var isFirstLine = true

    package init(limitBytes: Int = ServerSentEventDecoder.standardLimitBytes) {
        self.limitBytes = limitBytes
    }

    /// - Returns: The events that became complete, in order.
    package mutating func receive(_ bytes: [UInt8]) throws(ServerSentEventFailure) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let isSecondHalf = isAfterReturn && byte == UInt8(ascii: "\n")
            isAfterReturn = byte == UInt8(ascii: "\r")
            if isSecondHalf { continue }
            guard byte == UInt8(ascii: "\n") || isAfterReturn else {
                eventBytes += 1
                guard eventBytes <= limitBytes else { throw .init(limitBytes: limitBytes) }
                line.append(byte)
                continue
            }
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    /// The body has ended. The standard drops an event that no blank line has ended; servers that forget the
    /// last one mean it all the same, and who wants to be lenient takes it from here.
    package mutating func finish() -> ServerSentEvent? {
        endLine() ?? endLine()
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine && line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        guard line.isEmpty else {
            take(line[...])
            return nil
        }
        defer { (data, type, eventBytes) = ([], "", 0) }
        guard !data.isEmpty else { return nil }
        let text = data.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
        return ServerSentEvent(type: type, data: text)
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line.dropFirst(name.count + 1)
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        if name.elementsEqual("data".utf8) { data.append(Array(value)) }
        if name.elementsEqual("event".utf8) { type = String(decoding: value, as: UTF8.self) }
    }
}
