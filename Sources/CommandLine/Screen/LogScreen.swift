import Foundation
import LocalCloud
import Synchronization
import Wire

/// The log of `alex up`: one readable line for each thing worth knowing, a colour for each function.
///
/// A class, because events come from many tasks and lines must not mix.
final class LogScreen: Sendable {
    static let nameWidth = 11

    private let style: Style
    private let isQuiet: Bool
    private let output: Mutex<FileHandle>

    /// - Parameter isQuiet: Only troubles.
    init(style: Style, isQuiet: Bool, output: FileHandle = .standardError) {
        self.style = style
        self.isQuiet = isQuiet
        self.output = Mutex(output)
    }

    func step(_ text: String) {
        if !isQuiet { write(style.colored("alex       ", .gray) + text) }
    }

    func show(_ event: AlexEvent) {
        switch event {
        case .progress(let text): step(text)
        case .trouble(let text): write(style.colored("trouble    ", .red) + text)
        case .access(let record):
            if record.status >= 500 {
                write(style.colored("aws        ", .red) + "\(record.operation) answered \(record.status)")
            }
        case .lambda(let event): if let line = line(event), !isQuiet { write(line) }
        }
    }

    private func line(_ event: LambdaEvent) -> String? {
        switch event {
        case .line(let function, let text): named(function, readable(text))
        case .sandboxStarted(let function, let pid):
            named(function, style.colored("cold start (process \(pid))", .gray))
        case .sandboxEnded, .invocationStarted: nil
        case .invocationEnded(let record):
            named(
                record.function,
                style.colored("done in \(ProgressLines.seconds(record.duration / .seconds(1)))", .gray)
                    + (record.errorType.map { style.colored(" \($0)", .red) } ?? ""))
        case .eventDropped(let function, let requestID):
            named(function, style.colored("gave up on the event \(requestID)", .red))
        }
    }

    private func named(_ function: String, _ text: String) -> String {
        let name = function.hasPrefix("alex-") ? String(function.dropFirst(5)) : function
        return style.colored(Style.padded(name, Self.nameWidth), Self.color(of: name)) + text
    }

    /// A JSON line of ours as a sentence; any other line as it is.
    private func readable(_ text: String) -> String {
        let entry: JSONValue
        do {
            entry = try JSONValue(reading: text)
        } catch {
            return text
        }
        guard let message = entry["message"]?.string, var fields = entry.object else { return text }
        let level = entry["level"]?.string ?? "INFO"
        for key in ["message", "level", "timestamp", "function", "requestId"] { fields[key] = nil }
        let rest = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.string ?? $0.value.text)" }
        let tail = rest.isEmpty ? "" : style.colored("  " + rest.joined(separator: " "), .gray)
        switch level {
        case "ERROR", "FATAL": return style.colored(message, .red) + tail
        case "WARN": return style.colored(message, .yellow) + tail
        default: return message + tail
        }
    }

    private static func color(of name: String) -> Style.Color {
        switch name {
        case "planner": .blue
        case "tagger": .yellow
        case "reporter": .green
        case "charter": .cyan
        case "retirement": .magenta
        default: .gray
        }
    }

    private func write(_ line: String) {
        output.withLock { $0.write(Data((line + "\n").utf8)) }
    }
}
