import Wire

/// What was measured of every page, and whether it is what was promised.
package struct WebBenchReport {
    /// Of JavaScript, compressed, at the first visit of a page. 1 KB is 1000 bytes.
    package static let mostScriptBytes = 150_000
    package static let mostDataRoundTrips = 1

    package struct Page {
        let path: String
        let status: Int
        let expectedStatus: Int
        let requests: Int
        let dataRequests: Int
        let scriptBytes: Int
        let bytes: Int
        let dataRoundTrips: Int
        /// `nil` when the page never became interactive.
        let interactive: (roundTrips: Int, milliseconds: Double)?

        /// `nil` unless `row` is a row of `scripts/web_bench.py`.
        package init?(_ row: JSONValue) {
            guard let path = row["path"]?.string, let status = row["status"]?.int,
                let expectedStatus = row["expected_status"]?.int, let requests = row["requests"]?.int,
                let dataRequests = row["data_requests"]?.int, let scriptBytes = row["script_bytes"]?.int,
                let bytes = row["bytes"]?.int, let dataRoundTrips = row["data_round_trips"]?.int
            else { return nil }
            self.path = path
            self.status = status
            self.expectedStatus = expectedStatus
            self.requests = requests
            self.dataRequests = dataRequests
            self.scriptBytes = scriptBytes
            self.bytes = bytes
            self.dataRoundTrips = dataRoundTrips
            if let roundTrips = row["round_trips"]?.int,
                let milliseconds = row["interactive_milliseconds"]?.double
            {
                interactive = (roundTrips, milliseconds)
            } else {
                interactive = nil
            }
        }
    }

    package let pages: [Page]

    package init(pages: [Page]) { self.pages = pages }

    /// What keeps a page from its promise, a line each; none when all is well.
    package var complaints: [String] {
        pages.flatMap { page in
            var lines: [String] = []
            if page.status != page.expectedStatus {
                lines.append("\(page.path) answered \(page.status) instead of \(page.expectedStatus)")
            }
            if page.interactive == nil { lines.append("\(page.path) never became interactive") }
            if page.scriptBytes > Self.mostScriptBytes {
                lines.append(
                    "\(page.path) transfers \(page.scriptBytes) bytes of JavaScript, at most "
                        + "\(Self.mostScriptBytes)")
            }
            if page.dataRoundTrips > Self.mostDataRoundTrips {
                lines.append(
                    "\(page.path) fetches its data in \(page.dataRoundTrips) round trips, at most "
                        + "\(Self.mostDataRoundTrips)")
            }
            return lines
        }
    }

    package var text: String {
        let width = (pages.map(\.path.count).max() ?? 0) + 2
        var lines = [
            "", "The web app's pages, each with an empty cache",
            Self.row("page", ["requests", "data", "JavaScript", "all", "round trips", "interactive"], width),
        ]
        lines += pages.map { page in
            Self.row(
                page.path,
                [
                    "\(page.requests)", "\(page.dataRequests)", Self.kilobytes(page.scriptBytes),
                    Self.kilobytes(page.bytes), page.interactive.map { "\($0.roundTrips)" } ?? "-",
                    page.interactive.map { "\(Int($0.milliseconds.rounded())) ms" } ?? "never",
                ], width)
        }
        lines += [
            "  data: calls of the API, and of the sign-in. JavaScript: its compressed bytes. all: everything "
                + "transferred, with headers.",
            "  round trips: the longest chain of requests up to interactive, each sent after the one before "
                + "was answered,",
            "  counted while every answer takes 300 ms more, so that only what has to wait does. interactive: "
                + "<main data-ready=\"true\">.",
        ]
        return (lines + complaints.map { "  NOT AS PROMISED: \($0)" }).joined(separator: "\n")
    }

    private static func row(_ name: String, _ cells: [String], _ width: Int) -> String {
        "  " + Style.padded(name, width) + cells.map { Style.rightAligned($0, 13) }.joined()
    }

    private static func kilobytes(_ bytes: Int) -> String {
        "\((Double(bytes) / 100).rounded() / 10) KB"
    }
}
