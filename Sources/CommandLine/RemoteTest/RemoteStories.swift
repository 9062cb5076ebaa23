import Finance
import Foundation
import Wire

/// What a deployment has to prove, each on households of its own.
package enum RemoteStory: String, Sendable, CaseIterable {
    /// One household, the whole analysis, and what each section holds.
    case full
    /// Several accounts: each account's own figures against the whole.
    case accounts
    /// Many households at once.
    case scale

    var title: String {
        switch self {
        case .full: "One household, the whole analysis"
        case .accounts: "Several accounts, each against the whole"
        case .scale: "Many households at once"
        }
    }
}

/// Tells the stories to a deployment, one after the other.
struct RemoteStories: Sendable {
    let cloud: RemoteCloud
    let style: Style
    /// For each analysis, from the request to the verdict.
    let limit: Duration
    let households: Int
    let keeps: Bool

    /// - Returns: Whether every check of every story was met.
    func tell(_ stories: [RemoteStory]) async throws -> Bool {
        print("Testing \(cloud.name), on households of its own.")
        try await cloud.requireSeeds()
        var failed: [RemoteStory] = []
        for story in stories {
            print("\n" + style.bold("\(story.rawValue): \(story.title)"))
            fflush(nil)
            do {
                let checks = try await tell(story)
                checks.checks.forEach(show)
                if !checks.failures.isEmpty { failed.append(story) }
            } catch {
                if Task.isCancelled {
                    // Whoever gives up wants no further story, and to know what is left.
                    if error is HouseholdsLeftBehind { say("\(error)") }
                    throw CancellationError()
                }
                show(StoryChecks.Check(isMet: false, words: "the story is told", found: cloud.words(error)))
                failed.append(story)
            }
        }
        let names = failed.map(\.rawValue).joined(separator: ", ")
        print(
            failed.isEmpty
                ? style.colored("\nAll \(stories.count) passed.", .green)
                : style.colored("\nFailed: \(names).", .red)
                    + " `alex watch --level warn` shows what the functions say.")
        return failed.isEmpty
    }

    private func tell(_ story: RemoteStory) async throws -> StoryChecks {
        switch story {
        case .full: try await full()
        case .accounts: try await accounts()
        case .scale: try await scale()
        }
    }

    private func full() async throws -> StoryChecks {
        try await cloud.with([.family()], keeps: keeps) { households in
            let household = households[0]
            let analysis = try await cloud.analysis(of: household, within: limit, hear: showStep)
            for line in analysis.contents { print("  \(line)") }
            notePlainParts(analysis)
            return AnalysisChecks(analysis, of: household).everyAnalysis(within: limit)
        }
    }

    private func accounts() async throws -> StoryChecks {
        try await cloud.with([.severalAccounts()], keeps: keeps) { households in
            let household = households[0]
            let analysis = try await cloud.analysis(of: household, within: limit, hear: showStep)
            let checks = AnalysisChecks(analysis, of: household)
            for account in household.accounts {
                let line = checks.line(of: account)
                print(
                    "  " + Style.padded(line.name, 24) + Style.rightAligned(line.usd, 16)
                        + Style.rightAligned(line.share, 9))
            }
            notePlainParts(analysis)
            return checks.everyAnalysis(within: limit) + checks.everyAccount()
        }
    }

    private func scale() async throws -> StoryChecks {
        let planned = RemoteHousehold.crowd(of: households)
        return try await cloud.with(planned, keeps: keeps) { households in
            let clock = ContinuousClock()
            let start = clock.now
            let rows = try await crowd(households)
            for line in CrowdTable.lines(rows) { print("  \(line)") }
            print("  all of them within \(AnalysisChecks.text(clock.now - start))")
            var checks = StoryChecks()
            for row in rows {
                checks.expect(
                    row.problems.isEmpty, "\(row.household.name) is analysed",
                    row.problems.joined(separator: "; "))
            }
            return checks
        }
    }

    /// All at once. One that fails does not end the others.
    private func crowd(_ households: [RemoteHousehold]) async throws -> [CrowdTable.Row] {
        return try await withThrowingTaskGroup(of: (Int, CrowdTable.Row).self) { group in
            for (index, household) in households.enumerated() {
                group.addTask { (index, try await row(of: household)) }
            }
            var rows: [(Int, CrowdTable.Row)] = []
            for try await (index, row) in group {
                rows.append((index, row))
                let mark = row.problems.isEmpty ? style.colored("✓", .green) : style.colored("✗", .red)
                print("\(mark) \(row.household.name), \(rows.count) of \(households.count)")
                fflush(nil)
            }
            return rows.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func row(of household: RemoteHousehold) async throws -> CrowdTable.Row {
        do {
            let analysis = try await cloud.analysis(of: household, within: limit) { _ in }
            let checks = AnalysisChecks(analysis, of: household).everyAnalysis(within: limit)
            return CrowdTable.Row(
                household: household, waiting: analysis.waiting, duration: analysis.duration,
                problems: checks.failures.map { "\($0.words): \($0.found)" })
        } catch {
            try Task.checkCancellation()
            return CrowdTable.Row(
                household: household, waiting: nil, duration: nil, problems: [cloud.words(error)])
        }
    }
}

// MARK: The screen

extension RemoteStories {
    @Sendable private func showStep(_ event: JobEvent) {
        let step: JSONValue = [
            "kind": .string(event.kind.rawValue), "section": .optional(event.section?.rawValue),
            "message": .string(event.message), "seconds": event.seconds.map { .number($0) } ?? .null,
        ]
        print("  " + ProgressLines(style: style).line(step))
        fflush(nil)
    }

    private func show(_ check: StoryChecks.Check) {
        if check.isMet {
            print(style.colored("✓ ", .green) + check.words)
        } else {
            let found = check.found.isEmpty ? "" : " - \(check.found)"
            print(style.colored("✗ \(check.words)", .red) + "\(found)")
        }
    }

    /// No failure: the numbers are right. But the model was not good enough for its own words.
    private func notePlainParts(_ analysis: RemoteAnalysis) {
        guard !analysis.plainParts.isEmpty else { return }
        print(
            style.colored(
                "  written by code instead of the model: \(analysis.plainParts.joined(separator: ", "))",
                .yellow))
    }
}

/// The households of a crowd as a table.
package enum CrowdTable {
    package struct Row: Sendable {
        package let household: RemoteHousehold
        /// In the queue.
        package let waiting: Duration?
        package let duration: Duration?
        /// Empty when all is well.
        package let problems: [String]

        package init(
            household: RemoteHousehold, waiting: Duration?, duration: Duration?, problems: [String]
        ) {
            self.household = household
            self.waiting = waiting
            self.duration = duration
            self.problems = problems
        }
    }

    package static func lines(_ rows: [Row]) -> [String] {
        let head = line("household", "accounts", "positions", "waited", "in all", "outcome")
        return [head]
            + rows.map { row in
                line(
                    row.household.name, "\(row.household.accounts.count)", "\(row.household.positionCount)",
                    row.waiting.map(AnalysisChecks.text) ?? "-", row.duration.map(AnalysisChecks.text) ?? "-",
                    row.problems.isEmpty ? "complete" : "failed")
            }
    }

    private static func line(
        _ name: String, _ accounts: String, _ positions: String, _ waited: String, _ all: String,
        _ outcome: String
    ) -> String {
        Style.padded(name, 16)
            + [accounts, positions, waited, all].map { Style.rightAligned($0, 11) }.joined() + "  " + outcome
    }
}
