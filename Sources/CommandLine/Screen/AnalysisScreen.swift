import Quantities
import Wire

/// A finished analysis on the terminal: report, charts, retirement, timings.
struct AnalysisScreen {
    let style: Style

    func text(_ result: AnalysisRun.Result) -> String {
        let job = result.job
        var parts = [heading("Report"), job["report_payload"]?["content"]?.string ?? "There is no report."]
        parts += [heading("Charts")]
        parts += ChartLines(style: style).lines(job["charts_payload"] ?? .null)
        parts += [heading("Retirement")] + retirement(job["retirement_payload"] ?? .null)
        parts += [heading("Timings")] + timings(result)
        parts.append(verdict(job))
        return parts.joined(separator: "\n")
    }

    private func heading(_ title: String) -> String {
        "\n"
            + style.bold(
                style.colored(
                    "━━ \(title) " + String(repeating: "━", count: max(3, 72 - title.count)), .magenta))
    }

    private func retirement(_ payload: JSONValue) -> [String] {
        guard let projection = payload["projection"] else { return ["There is no retirement projection."] }
        var lines: [String] = []
        if let success = projection["success_percent"]?.double {
            let error = projection["sampling_error_percent"]?.double ?? 0
            lines.append(
                "  \(Style.padded("Chance that the money lasts", 34)) \(one(success)) % ± \(one(error))   "
                    + style.colored(Style.bar(success / 100, width: 24), success >= 75 ? .green : .yellow))
        }
        lines += fan(projection["years"]?.array ?? [])
        if let analysis = payload["analysis"]?.string { lines += ["", analysis] }
        return lines
    }

    /// The 10th, 50th and 90th percentile every few years, in today's money.
    private func fan(_ years: [JSONValue]) -> [String] {
        let step = max(1, (years.count + 9) / 10)
        let header =
            "  " + Style.padded("Year", 8)
            + ["p10", "median", "p90"].map { Style.rightAligned($0, 16) }.joined()
        let rows = years.indices.filter { $0 % step == 0 || $0 == years.count - 1 }.map { index in
            let year = years[index]
            let amounts = ["p10", "p50", "p90"].map { Style.rightAligned(dollars(year[$0]), 16) }.joined()
            return "  " + Style.padded("+\(year["year_offset"]?.int ?? index)", 8) + amounts
        }
        return [style.colored(header, .gray)] + rows
    }

    private func timings(_ result: AnalysisRun.Result) -> [String] {
        let steps = result.events.compactMap { event -> String? in
            guard let seconds = event["seconds"]?.double, let message = event["message"]?.string else {
                return nil
            }
            return "  " + Style.padded(message, 56) + Style.rightAligned(ProgressLines.seconds(seconds), 10)
        }
        let whole = result.duration / .seconds(1)
        return steps + [
            "  " + Style.padded("From the click to the result", 56)
                + Style.rightAligned(ProgressLines.seconds(whole), 10)
        ]
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

    private func one(_ value: Double) -> String {
        (Decimal(rounding: value, fractionDigits: 1) ?? 0).text(fractionDigits: 1)
    }

    private func dollars(_ value: JSONValue?) -> String {
        guard let amount = value?.decimal ?? value?.string.flatMap({ Decimal($0) }) else { return "-" }
        return "$" + amount.text(fractionDigits: 0)
    }
}
