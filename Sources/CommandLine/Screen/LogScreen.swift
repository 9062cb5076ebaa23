import Foundation
import LocalCloud
import Synchronization

/// The log of `alex up`: one readable line for each thing worth knowing, a colour for each function.
///
/// A class, because events come from many tasks and lines must not mix.
final class LogScreen: Sendable {
    private let style: Style
    private let lines: FunctionLines
    private let isQuiet: Bool
    private let output: Mutex<FileHandle>

    /// - Parameter isQuiet: Only troubles.
    init(style: Style, isQuiet: Bool, output: FileHandle = .standardError) {
        self.style = style
        lines = FunctionLines(style: style)
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
        case .line(let function, let text): lines.line(function, lines.text(LogEntry(text)))
        case .sandboxStarted(let function, let pid):
            lines.line(function, style.colored("cold start (process \(pid))", .gray))
        case .sandboxEnded, .invocationStarted: nil
        case .invocationEnded(let record):
            lines.line(
                record.function,
                style.colored("done in \(ProgressLines.seconds(record.duration / .seconds(1)))", .gray)
                    + (record.errorType.map { style.colored(" \($0)", .red) } ?? ""))
        case .eventDropped(let function, let requestID):
            lines.line(function, style.colored("gave up on the event \(requestID)", .red))
        }
    }

    private func write(_ line: String) {
        output.withLock { $0.write(Data((line + "\n").utf8)) }
    }
}
