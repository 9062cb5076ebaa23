import Finance
import Wire

/// One analysis, from the start to its results, watched through the web API.
struct AnalysisRun: Sendable {
    static let pollInterval = Duration.milliseconds(40)
    static let longestRun = Duration.seconds(1200)

    let api: WebAPI
    /// Hears every event as it happens.
    let onEvent: @Sendable (JSONValue) -> Void

    struct Result: Sendable {
        let job: JSONValue
        let events: [JSONValue]
        /// From the request to the verdict, as the user waits.
        let duration: Duration
    }

    /// - Throws: ``AnalysisRunFailure`` when the job is not final in time.
    func run() async throws -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await api.send(.post, "/api/analyze", body: ["analysis_type": "portfolio"])
        guard let id = answer["job_id"]?.string else { throw AnalysisRunFailure.noJob }
        var events: [JSONValue] = []
        var after = 0
        while clock.now - start < Self.longestRun {
            let page = try await api.send(.get, "/api/jobs/\(id)/events", query: "after=\(after)")
            for event in page["events"]?.array ?? [] {
                events.append(event)
                after = event["sequence"]?.int ?? after
                onEvent(event)
            }
            if let kind = events.last?["kind"]?.string, ["completed", "failed"].contains(kind) {
                let job = try await api.send(.get, "/api/jobs/\(id)")
                return Result(job: job, events: events, duration: clock.now - start)
            }
            try await Task.sleep(for: Self.pollInterval)
        }
        throw AnalysisRunFailure.notFinished(id: id, after: Self.longestRun)
    }
}

enum AnalysisRunFailure: Error, CustomStringConvertible {
    case noJob
    case notFinished(id: String, after: Duration)

    var description: String {
        switch self {
        case .noJob: "the server accepted the analysis and named no job"
        case .notFinished(let id, let limit):
            "the analysis \(id) has not ended after \(limit); it goes on, look again later"
        }
    }
}
