import Quantities
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes one line for each thing worth knowing: JSON with `timestamp`, `level`, `message`, `function`,
/// `requestId` and further keys. Where Lambda has given the process a telemetry descriptor, each is a frame.
///
/// Never hand it payloads, tokens, e-mail addresses or account numbers.
package struct Logger: Sendable {
    /// The names are those of Lambda.
    package enum Level: String, Sendable, Comparable, CaseIterable {
        case trace = "TRACE"
        case debug = "DEBUG"
        case info = "INFO"
        case warn = "WARN"
        case error = "ERROR"
        case fatal = "FATAL"

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    package enum Format: Sendable {
        case json
        case text
    }

    package var minimum: Level
    package var format: Format
    /// Keys on every line, such as `function` and `requestId`.
    package var fields: [String: JSONValue]
    private let now: @Sendable () -> Timestamp
    private let destination: LogDestination

    package init(
        minimum: Level = .info, format: Format = .json, fields: [String: JSONValue] = [:],
        now: @escaping @Sendable () -> Timestamp = systemTime, to destination: LogDestination
    ) {
        self.minimum = minimum
        self.format = format
        self.fields = fields
        self.now = now
        self.destination = destination
    }

    /// - Parameter write: Takes a whole line with its end.
    package init(
        minimum: Level = .info, format: Format = .json, fields: [String: JSONValue] = [:],
        now: @escaping @Sendable () -> Timestamp = systemTime,
        write: @escaping @Sendable ([UInt8]) -> Void = writeToStandardError
    ) {
        self.init(minimum: minimum, format: format, fields: fields, now: now, to: .lines(write))
    }

    /// The same logger with more keys on every line.
    package func adding(_ more: [String: JSONValue]) -> Logger {
        var logger = self
        logger.fields.merge(more) { _, new in new }
        return logger
    }

    package func debug(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: JSONValue] = [:]
    ) {
        log(.debug, message(), fields())
    }

    package func info(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: JSONValue] = [:]
    ) {
        log(.info, message(), fields())
    }

    package func warn(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: JSONValue] = [:]
    ) {
        log(.warn, message(), fields())
    }

    package func error(
        _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: JSONValue] = [:]
    ) {
        log(.error, message(), fields())
    }

    /// The fixed keys win over further ones of the same name.
    package func log(
        _ level: Level, _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> [String: JSONValue] = [:]
    ) {
        guard level >= minimum else { return }
        let further = self.fields.merging(fields()) { _, new in new }
        let moment = now()
        let text =
            switch format {
            case .json: jsonText(level, message(), further, moment)
            case .text: plainText(level, message(), further, moment)
            }
        switch destination {
        case .lines(let write):
            write(Self.line(text))
        case .frames(let write, let otherwise):
            if !write(LogFrame.bytes(of: text, format, level, at: moment)) { otherwise(Self.line(text)) }
        }
    }

    private func jsonText(
        _ level: Level, _ message: String, _ fields: [String: JSONValue], _ moment: Timestamp
    ) -> [UInt8] {
        var line = fields
        line["timestamp"] = .string(moment.description)
        line["level"] = .string(level.rawValue)
        line["message"] = .string(message)
        return JSONValue.object(line).bytes
    }

    /// `2026-11-21T08:00:00.000Z WARN the message function="Planner" requestId="..."`
    private func plainText(
        _ level: Level, _ message: String, _ fields: [String: JSONValue], _ moment: Timestamp
    ) -> [UInt8] {
        let pairs = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
        let text = (["\(moment)", level.rawValue, message] + pairs).joined(separator: " ")
        return text.utf8.map { $0 < 0x20 && $0 != newLine ? UInt8(ascii: " ") : $0 }
    }

    /// Line breaks would make several events of one, so they become blanks.
    private static func line(_ text: [UInt8]) -> [UInt8] {
        var line = text.map { $0 == newLine ? UInt8(ascii: " ") : $0 }
        line.append(newLine)
        return line
    }
}

private let newLine = UInt8(ascii: "\n")

/// The wall clock.
@Sendable package func systemTime() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
}
