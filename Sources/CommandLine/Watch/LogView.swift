import AWSClient
import Wire

/// Which lines of the logs are shown, and how.
package struct LogView: Sendable {
    package let style: Style
    /// Lines that matter less are left out.
    package var level: LogLevel
    /// Only lines with this text, upper and lower case as given.
    package var text: String?
    /// One JSON document a line, for other programs.
    package var isJSON: Bool

    package init(style: Style, level: LogLevel = .info, text: String? = nil, isJSON: Bool = false) {
        self.style = style
        self.level = level
        self.text = text
        self.isJSON = isJSON
    }

    /// `nil` for a line that is not wanted.
    package func line(_ event: LogEvent) -> String? {
        let entry = LogEntry(event.message)
        guard entry.level >= level, isJSON || !entry.isNoise else { return nil }
        let function = WatchedFunctions.function(of: event.group)
        let lines = FunctionLines(style: style)
        if let text {
            // What is seen, and what was written: somebody may look for a request id.
            let seen = FunctionLines(style: Style(isColored: false)).text(entry)
            guard seen.contains(text) || event.message.contains(text) else { return nil }
        }
        return isJSON ? json(event, entry, function) : lines.line(function, lines.text(entry), at: event.at)
    }

    private func json(_ event: LogEvent, _ entry: LogEntry, _ function: String) -> String {
        var message = event.message
        while message.last?.isNewline == true { message.removeLast() }
        return
            ([
                "timestamp": .string(event.at.description), "function": .string(function),
                "level": .string(entry.level.rawValue), "stream": .string(event.stream),
                "eventId": .string(event.id), "message": .string(message),
            ] as JSONValue).text
    }
}
