import Wire

/// The steps of an analysis as lines of the terminal.
package struct ProgressLines: Sendable {
    package let style: Style

    package init(style: Style) { self.style = style }

    package func line(_ event: JSONValue) -> String {
        let kind = event["kind"]?.string ?? ""
        let (mark, color) = Self.mark(kind)
        let who = Style.padded(Self.agent(event), 11)
        let seconds = event["seconds"]?.double.map { "  \(Self.seconds($0))" } ?? ""
        let message = event["message"]?.string ?? kind
        return "\(style.colored(mark, color)) \(style.colored(who, color))\(message)"
            + style.colored(seconds, .gray)
    }

    package static func seconds(_ seconds: Double) -> String {
        let milliseconds = Int((seconds * 1000).rounded())
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        let hundredths = (milliseconds + 5) / 10
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
    }

    private static func mark(_ kind: String) -> (String, Style.Color) {
        switch kind {
        case "completed", "section_finished", "tagging_finished": ("✓", .green)
        case "failed", "section_failed": ("✗", .red)
        case "section_started", "started", "tagging_started": ("▸", .cyan)
        default: ("·", .gray)
        }
    }

    private static func agent(_ event: JSONValue) -> String {
        switch event["section"]?.string {
        case "report": return "reporter"
        case "charts": return "charter"
        case "retirement": return "retirement"
        default: break
        }
        switch event["kind"]?.string {
        case "tagging_started", "tagging_finished": return "tagger"
        case "prices_updated": return "prices"
        case "queued": return "queue"
        default: return "planner"
        }
    }
}
