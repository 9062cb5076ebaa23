import Quantities

/// Lines about functions for the terminal: who, in a colour of their own, and what.
package struct FunctionLines: Sendable {
    static let nameWidth = 11

    package let style: Style

    package init(style: Style) { self.style = style }

    /// - Parameter time: Shown before the name, in UTC; today's is known.
    package func line(_ function: String, _ text: String, at time: Timestamp? = nil) -> String {
        let name = Self.shortName(function)
        let clock = time.map { style.colored(String($0.description.dropFirst(11).prefix(12)), .gray) + " " }
        let head = (clock ?? "") + style.colored(Style.padded(name, Self.nameWidth), Self.color(of: name))
        let margin = String(repeating: " ", count: Self.nameWidth + (time == nil ? 0 : 13))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return head + lines.joined(separator: "\n" + margin)
    }

    /// An entry as a sentence in the colour of its level, then what is beside it.
    package func text(_ entry: LogEntry) -> String {
        let message = Self.visible(entry.message)
        let fields = Self.visible(entry.fields.joined(separator: " "))
        let tail = fields.isEmpty ? "" : style.colored("  " + fields, .gray)
        switch entry.level {
        case .error, .fatal: return style.colored(message, .red) + tail
        case .warn: return style.colored(message, .yellow) + tail
        case .trace, .debug: return style.colored(message, .gray) + tail
        case .info:
            return (entry.speaker == .platform ? style.colored(message, .gray) : message) + tail
        }
    }

    /// `alex-planner` is `planner`.
    package static func shortName(_ function: String) -> String {
        function.hasPrefix("alex-") ? String(function.dropFirst(5)) : function
    }

    /// Names and texts of strangers must not steer the terminal: of what is no character to be seen, only
    /// line ends stay.
    private static func visible(_ text: String) -> String {
        var seen = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar == "\n": seen.append(scalar)
            case .control where scalar == "\t": seen.append(" ")
            case .control, .format: continue
            default: seen.append(scalar)
            }
        }
        return String(seen)
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
}
