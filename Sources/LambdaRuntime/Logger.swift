import Quantities
import Wire

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes one line for each thing worth knowing: JSON with `timestamp`, `level`, `message`, `function`, `requestId` and further keys.
///
/// Never hand it payloads, tokens, e-mail addresses or account numbers.
package struct Logger: Sendable {
    package enum Level: Int, Sendable, Comparable, CaseIterable {
        case trace, debug, info, warn, error, fatal

        /// Any case of the names Lambda uses: `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL`.
        package init?(name: String) {
            guard let level = Self.allCases.first(where: { $0.name == name.uppercased() }) else { return nil }
            self = level
        }

        package var name: String { "\(self)".uppercased() }

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
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
    private let write: @Sendable ([UInt8]) -> Void

    /// - Parameter write: Takes a whole line with its end. One call, one `write(2)`, so that lines of several threads do not mix.
    package init(
        minimum: Level = .info, format: Format = .json, fields: [String: JSONValue] = [:],
        now: @escaping @Sendable () -> Timestamp = systemTime,
        write: @escaping @Sendable ([UInt8]) -> Void = writeToStandardError
    ) {
        self.minimum = minimum
        self.format = format
        self.fields = fields
        self.now = now
        self.write = write
    }

    /// Follows `AWS_LAMBDA_LOG_FORMAT` (JSON unless it says `Text`) and `AWS_LAMBDA_LOG_LEVEL` (`INFO` unless it says otherwise).
    package init(environment: [String: String]) {
        self.init(
            minimum: environment["AWS_LAMBDA_LOG_LEVEL"].flatMap(Level.init(name:)) ?? .info,
            format: environment["AWS_LAMBDA_LOG_FORMAT"]?.lowercased() == "text" ? .text : .json,
            fields: environment["AWS_LAMBDA_FUNCTION_NAME"].map { ["function": .string($0)] } ?? [:])
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
        let line =
            switch format {
            case .json: jsonLine(level, message(), further)
            case .text: textLine(level, message(), further)
            }
        write(line + [UInt8(ascii: "\n")])
    }

    private func jsonLine(_ level: Level, _ message: String, _ fields: [String: JSONValue]) -> [UInt8] {
        var line = fields
        line["timestamp"] = .string(now().description)
        line["level"] = .string(level.name)
        line["message"] = .string(message)
        return JSONValue.object(line).bytes
    }

    /// `2026-11-21T08:00:00.000Z WARN the message function="Planner" requestId="..."`, free of line breaks.
    private func textLine(_ level: Level, _ message: String, _ fields: [String: JSONValue]) -> [UInt8] {
        let pairs = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
        let text = (["\(now())", level.name, message] + pairs).joined(separator: " ")
        return text.utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
    }
}

/// The wall clock.
@Sendable package func systemTime() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
}

/// A log line that cannot be written is lost: there is no better place to say so.
@Sendable package func writeToStandardError(_ line: [UInt8]) {
    var rest = line[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}
