import Quantities
import Wire

/// A finished analysis on the terminal: report, charts, retirement, timings.
struct AnalysisScreen {
    static let timingWidth = 56

    let style: Style

    func text(_ result: AnalysisRun.Result) -> String {
        let job = result.job
        let markdown = MarkdownLines(style: style)
        var parts = [heading("Report")]
        parts += markdown.lines(job["report_payload"]?["content"]?.string ?? "There is no report.")
        parts += [heading("Charts")] + ChartLines(style: style).lines(job["charts_payload"] ?? .null)
        parts += [heading("Retirement")]
        parts += RetirementLines(style: style).lines(job["retirement_payload"] ?? .null)
        parts += [heading("Timings")] + timings(result)
        parts.append(verdict(job))
        return parts.joined(separator: "\n")
    }

    private func heading(_ title: String) -> String {
        let rule = String(repeating: "━", count: max(3, style.width - DisplayWidth.of(title) - 4))
        return "\n" + style.bold(style.colored("━━ \(title) \(rule)", .magenta)) + "\n"
    }

    private func timings(_ result: AnalysisRun.Result) -> [String] {
        let steps = result.events.compactMap { event -> String? in
            guard let seconds = event["seconds"]?.double, let message = event["message"]?.string else {
                return nil
            }
            return timing(MarkdownText(message).plain, seconds)
        }
        return steps + [timing("From the request to the result", result.duration / .seconds(1))]
    }

    private func timing(_ message: String, _ seconds: Double) -> String {
        "  " + Style.padded(message, Self.timingWidth)
            + Style.rightAligned(ProgressLines.seconds(seconds), 10)
    }

    private func verdict(_ job: JSONValue) -> String {
        guard job["status"]?.string == "completed" else {
            return style.colored("\nThe analysis failed: \(job["error_message"]?.string ?? "")", .red)
        }
        let missing = (job["missing_sections"]?.array ?? []).compactMap(\.string)
        if missing.isEmpty { return style.colored("\nThe analysis is complete.", .green) }
        return style.colored(
            "\nThe analysis is complete without: \(missing.joined(separator: ", ")).", .yellow)
    }
}
