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
        parts.append(figures(job["verdict"] ?? .null))
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

    /// What the gate says about the figures of all sections.
    private func figures(_ verdict: JSONValue) -> String {
        let numbers = verdict["numbers"]?.int ?? 0
        let plain = (verdict["sections"]?.object ?? [:]).sorted { $0.key < $1.key }.flatMap { section in
            (section.value["plain_parts"]?.array ?? []).compactMap(\.string).map { "\(section.key): \($0)" }
        }
        switch verdict["status"]?.string {
        case "verified": return style.colored("\nAll \(numbers) numbers verified.", .green)
        case "mixed", "plain":
            return style.colored(
                "\nAll \(numbers) numbers verified; plain version: \(plain.joined(separator: ", ")).", .yellow
            )
        default: return style.colored("\nThe numbers were not checked.", .red)
        }
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
