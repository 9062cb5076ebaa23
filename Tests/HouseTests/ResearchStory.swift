import LocalCloud
import TestSites
import Testing
import Wire

/// The research desk from a page of the web to the report that cites it.
@Suite(.timeLimit(.minutes(5))) struct ResearchStory {
    static let longestResearch = Duration.seconds(60)

    @Test func `what a page says is saved, found, and cited by the next report`() async throws {
        let site = try TrapSite()
        var plan = try House.plan()
        plan.environment["RESEARCH_LOCAL_SITES"] = site.authority
        try await House.open(plan) { house in
            let visitor = try await house.household(holding: [("BND", "100")])
            let before = try await house.analysis(of: visitor)
            #expect(before.report?.contains("No research about these holdings is stored yet.") == true)

            let run = try await house.research("BND funds, \(site.address)/article", by: visitor)
            #expect(run["status"] == "completed", "\(run.text)")
            let page = try #require(run["result"]?["pages"]?.array?.first)
            #expect(page["url"]?.string == "\(site.address)/article")
            #expect(page["hash"]?.string?.count == 64 && page["retrieved_at"]?.string != nil)
            #expect(run["result"]?["documents"]?.array?.count == 1)

            let found = try await house.invoke("alex-search", ["query": "returns of bond funds", "k": 1])
            let passage = try #require(found["results"]?.array?.first)
            #expect(passage["source"]?.string == "\(site.address)/article")
            #expect(passage["date"] == "2026-11-20")
            #expect(passage["metadata"]?["hashes"] == [page["hash"] ?? .null])
            #expect(passage["metadata"]?["retrieved_at"] == page["retrieved_at"])

            let after = try await house.analysis(of: visitor)
            #expect(after.status == "completed")
            let report = try #require(after.report)
            #expect(report.contains("Research read for this report:"))
            #expect(report.contains("2026-11-20"), "the day the page tells of")
        }
    }

    @Test func `a topic is researched once a day, and a page that is not allowed is not read`() async throws {
        let site = try TrapSite()
        try await House.open(try House.plan()) { house in
            let visitor = try house.newcomer()
            _ = try await visitor.get("/api/user")
            let run = try await house.research("\(site.address)/article", by: visitor)
            #expect(run["status"] == "failed", "\(run.text)")
            #expect(run["failure"]?.string?.isEmpty == false)
            let stored = try await house.invoke("alex-search", ["query": "bond funds"])
            #expect(stored["count"] == 0)

            let twice = try await house.invoke("alex-researcher", ["scheduled": true])
            #expect(twice["status"] == "nothing_to_do")
        }
    }

    @Test func `the text of a document twice is one document`() async throws {
        try await House.open(try House.plan()) { house in
            let text: JSONValue = ["text": "Bonds fell when rates rose.", "metadata": ["title": "First"]]
            let first = try await house.invoke("alex-ingest", text)
            let second = try await house.invoke(
                "alex-ingest", ["text": " Bonds fell when rates rose.\r\n", "metadata": ["title": "Second"]])
            #expect(first["document_id"] == second["document_id"] && first["is_complete"] == true)
            let found = try await house.invoke("alex-search", ["query": "bonds"])
            #expect(found["results"]?.array?.map { $0["title"] } == ["Second"])
        }
    }
}

extension House {
    /// Sends the researcher out as a visitor of the web app does, and waits for the end.
    func research(_ topic: String, by visitor: Visitor) async throws -> JSONValue {
        let ends = log.stream { event -> InvocationRecord? in
            guard case .lambda(.invocationEnded(let record)) = event else { return nil }
            return record.function == DeployedFunction.researcher.name ? record : nil
        }
        let started = try await visitor.post("/api/research", ["topic": .string(topic)])
        let id = try #require(started["id"]?.string)
        return try await log.within(ResearchStory.longestResearch, "the end of research \(id)") {
            var iterator = ends.makeAsyncIterator()
            while true {
                let run = try await visitor.get("/api/research/\(id)")
                if ["completed", "failed"].contains(run["status"]?.string) { return run }
                guard await iterator.next() != nil else { throw CancellationError() }
            }
        }
    }
}
