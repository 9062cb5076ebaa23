import AWSClient
import Agents
import BedrockClient
import LambdaRuntime
import MCPClient
import Pages
import Quantities
import Wire

/// The researcher with everything it works with: pages of allowed hosts, the knowledge base, and the tools of
/// an MCP server where there is one.
package struct PageResearch: Sendable {
    /// One call of the ingest function; longer than its timeout.
    static let ingestPatience = Duration.seconds(65)

    let model: any LanguageModel
    let policy: PagePolicy
    let reader: PageReader
    let startPages: [String]
    let ingest: FunctionCalls
    let ingestFunction: String
    let server: MCPConfiguration?
    /// Which of its tools may be offered; `nil` for all.
    let serverTools: Set<String>?

    package init(
        model: any LanguageModel, policy: PagePolicy, reader: PageReader, startPages: [String],
        ingest: FunctionCalls, ingestFunction: String, server: MCPConfiguration?,
        serverTools: Set<String>? = nil
    ) {
        self.model = model
        self.policy = policy
        self.reader = reader
        self.startPages = startPages
        self.ingest = ingest
        self.ingestFunction = ingestFunction
        self.server = server
        self.serverTools = serverTools
    }

    /// - Parameter progress: Told what is being done, in words for the user; when it throws, the work is no
    ///   longer ours.
    package func research(
        _ topic: String, at moment: Timestamp, by deadline: ContinuousClock.Instant, _ log: Logger,
        progress: @escaping @Sendable (String) async throws -> Void
    ) async throws -> Research {
        let client = try server.map { MCPClient($0) }
        let result: Result<Research, any Error>
        do {
            let agent = ResearcherAgent(
                model: model, hosts: policy.hosts + policy.localAuthorities.sorted(), startPages: startPages,
                reading: { address in
                    try await progress("Reading \(host(of: address)).")
                    return try await reader.desk(address)
                },
                saving: { document in try await save(document, by: deadline, progress) },
                others: await tools(of: client, log))
            result = .success(
                try await agent.research(
                    topic, choices: [], at: moment, by: min(deadline, .now + ResearcherAgent.time)))
        } catch {
            result = .failure(error)
        }
        do {
            try await client?.close()
        } catch {
            log.warn("the session of the tools was not ended", ["reason": .string("\(error)")])
        }
        return try result.get()
    }

    /// What the model names is shown only where it is an address that may be read.
    private func host(of address: String) -> String {
        do {
            return try policy.address(address).url.host
        } catch {
            return "a page"
        }
    }

    /// - Returns: The document's id.
    private func save(
        _ document: ResearchDocument, by deadline: ContinuousClock.Instant,
        _ progress: (String) async throws -> Void
    ) async throws -> String {
        try await progress("Saving what was found.")
        let event: JSONValue = [
            "text": .string(document.text), "metadata": .object(document.metadata),
        ]
        let reply = try JSONValue(
            reading: try await ingest.call(
                ingestFunction, event, by: min(deadline, .now + Self.ingestPatience)))
        guard let id = reply["document_id"]?.string else { throw IngestAnswerFailure.noID }
        guard reply["is_complete"]?.bool == true else {
            throw IngestAnswerFailure.incomplete(reply["message"]?.string ?? "a part was not saved")
        }
        return id
    }

    /// A server that does not answer costs its tools, not the research.
    private func tools(of client: MCPClient?, _ log: Logger) async -> [Tool] {
        guard let client else { return [] }
        do {
            let tools = try await client.researcherTools(only: serverTools, policy: policy)
            log.info("tools of the MCP server", ["count": .number(tools.count)])
            return tools
        } catch {
            log.warn("the MCP server gives no tools", ["reason": .string("\(error)")])
            return []
        }
    }
}

extension ResearchDocument {
    /// What is kept with each passage, so that a reader finds the page again and sees whether it has changed.
    var metadata: [String: JSONValue] {
        var metadata: [String: JSONValue] = [
            "title": .string(title), "author": "researcher",
            "urls": .array(sources.map { .string($0.url) }),
            "hashes": .array(sources.map { .string($0.hash) }),
        ]
        if let first = sources.first {
            metadata["source"] = .string(first.url)
            metadata["retrieved_at"] = .string(first.retrievedAt.description)
            metadata["date"] = .string(first.publishedDay ?? first.retrievedAt.description)
        }
        if !symbols.isEmpty { metadata["symbols"] = .array(symbols.map { .string($0.description) }) }
        return metadata
    }
}

extension ResearchSource {
    /// The day a page names in ISO 8601; `nil` for other words.
    fileprivate var publishedDay: String? {
        date.flatMap { CalendarDate(String($0.prefix(10))) }?.description
    }
}

/// The ingest function answered, and the document is not wholly in the knowledge base.
package enum IngestAnswerFailure: Error, Equatable, CustomStringConvertible {
    case noID
    case incomplete(String)

    package var description: String {
        switch self {
        case .noID: "the knowledge base named no document"
        case .incomplete(let reason): "the knowledge base took a part: \(reason)"
        }
    }
}
