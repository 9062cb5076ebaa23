import Wire

/// One run of the researcher, from the request to its result, watched through the web API.
struct ResearchWatch: Sendable {
    static let pollInterval = Duration.milliseconds(200)
    static let longestRun = Duration.seconds(1000)

    let api: WebAPI
    /// Hears what is being done whenever it is something else.
    let onProgress: @Sendable (String) -> Void

    /// - Returns: The run when it has ended.
    func run(topic: String?) async throws -> JSONValue {
        let start = ContinuousClock.now
        var run = try await api.send(
            .post, "/api/research", body: topic.map { ["topic": .string($0)] } ?? [:])
        var shown: String?
        while ContinuousClock.now - start < Self.longestRun {
            if let progress = run["progress"]?.string, progress != shown {
                shown = progress
                onProgress(progress)
            }
            guard let id = run["id"]?.string else { throw ResearchWatchFailure.noRun }
            guard !["completed", "failed"].contains(run["status"]?.string ?? "") else { return run }
            try await Task.sleep(for: Self.pollInterval)
            run = try await api.send(.get, "/api/research/\(id)")
        }
        throw ResearchWatchFailure.notFinished(after: Self.longestRun)
    }
}

enum ResearchWatchFailure: Error, CustomStringConvertible {
    case noRun
    case notFinished(after: Duration)

    var description: String {
        switch self {
        case .noRun: "the server accepted the research and named no run"
        case .notFinished(let limit):
            "the research has not ended after \(limit); it goes on, ask for the same topic again later"
        }
    }
}

/// What a run has found, on the terminal.
struct ResearchLines {
    let style: Style

    func text(_ run: JSONValue) -> String {
        guard run["status"]?.string == "completed", let result = run["result"] else {
            return style.colored("✗ ", .red) + (run["failure"]?.string ?? "The research has not ended.")
        }
        var lines = [style.bold(run["topic"]?.string ?? ""), "", result["summary"]?.string ?? ""]
        let documents = result["documents"]?.array ?? []
        lines += ["", documents.isEmpty ? "No document was saved." : "Saved:"]
        for document in documents {
            lines.append("  \(document["id"]?.string ?? "")  \(document["title"]?.string ?? "")")
        }
        let pages = result["pages"]?.array ?? []
        lines.append(pages.isEmpty ? "No page was read." : "Read:")
        for page in pages {
            let facts = [page["retrieved_at"]?.string, page["date"]?.string.map { "dated \($0)" }]
            lines.append(
                "  \(page["url"]?.string ?? "")  "
                    + style.colored(facts.compactMap { $0 }.joined(separator: ", "), .gray))
        }
        return lines.joined(separator: "\n")
    }
}
