import Agents
import MCPClient
import Pages

// Where what the researcher reads comes from: here Agents meets the rooms that read.

extension PageReader {
    /// How the researcher reads a page.
    package var desk: PageDesk {
        { address in ResearchPage(try await read(address)) }
    }
}

extension ResearchPage {
    fileprivate init(_ page: Page) {
        self.init(
            source: ResearchSource(
                url: page.address, title: page.title, date: page.date, retrievedAt: page.retrievedAt,
                hash: page.hash),
            text: page.text, isTruncated: page.isTruncated)
    }
}

extension MCPClient {
    /// The server's tools as the researcher may call them; addresses are handed over only when the policy
    /// would have them read.
    ///
    /// - Parameter names: Which tools may be offered; `nil` for all.
    package func researcherTools(
        only names: Set<String>? = nil, policy: PagePolicy
    ) async throws(MCPFailure) -> [Tool] {
        let foreign = try await tools().map { tool in
            ForeignTool(name: tool.name, description: tool.description, schema: tool.inputSchema) {
                arguments in
                let result = try await self.call(tool.name, arguments)
                return ForeignTool.Answer(
                    text: result.text, isError: result.isError, isTruncated: result.isTruncated)
            }
        }
        return ForeignTool.tools(foreign, only: names, besides: ResearcherAgent.toolNames) { address in
            policy.allows(address)
        }
    }
}
