import Wire

/// What a search found, on the terminal.
struct FindingLines {
    let style: Style

    func text(_ results: [JSONValue]) -> String {
        guard !results.isEmpty else {
            return "Nothing is stored: `alex knowledge ingest FILE` or `alex research`."
        }
        return results.enumerated().map { index, result in
            let score = result["score"]?.double.map { Self.rounded($0) } ?? "?"
            let facts = [result["source"]?.string, result["date"]?.string].compactMap { $0 }
            let head =
                "\(index + 1). \(style.bold(result["title"]?.string ?? "Untitled"))  \(score)"
                + (facts.isEmpty ? "" : "  " + style.colored(facts.joined(separator: ", "), .gray))
            let words = (result["text"]?.string ?? "").split(whereSeparator: \.isWhitespace)
            return head + "\n   " + DisplayWidth.clipped(words.joined(separator: " "), to: style.width * 3)
        }.joined(separator: "\n")
    }

    /// Three decimals.
    static func rounded(_ score: Double) -> String {
        let thousandths = Int((abs(score) * 1000).rounded())
        let fraction = String(thousandths % 1000)
        return (score < 0 ? "-" : "") + "\(thousandths / 1000)."
            + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
