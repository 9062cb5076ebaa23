import Agents
import MCPClient
import Pages
import Transport
import Wire

extension Deployment {
    /// The researcher's desk.
    ///
    /// - Throws: ``DeploymentFailure`` or ``PageFailure`` for hosts that are none.
    package var pageResearch: PageResearch {
        get throws {
            let policy = try PagePolicy(
                hosts: list("RESEARCH_HOSTS"), localAuthorities: list("RESEARCH_LOCAL_SITES"))
            let tools = Set(list("RESEARCHER_MCP_TOOLS"))
            return PageResearch(
                model: model, policy: policy, reader: reader(policy), startPages: list("RESEARCH_PAGES"),
                ingest: FunctionCalls(self),
                ingestFunction: variable("INGEST_FUNCTION", default: "alex-ingest"),
                server: try toolServer, serverTools: tools.isEmpty ? nil : tools)
        }
    }

    private func reader(_ policy: PagePolicy) -> PageReader {
        let limits = PageLimits()
        func transport(_ reach: NetworkReach) -> CurlTransport {
            CurlTransport(
                certificateBundle: certificateBundle, reach: reach, largestResponseBytes: limits.pageBytes)
        }
        return PageReader(
            policy: policy, transport: transport(.publicOnly),
            local: policy.localAuthorities.isEmpty ? nil : transport(.loopbackOnly), limits: limits,
            now: aws.now)
    }

    private var toolServer: MCPConfiguration? {
        get throws {
            let text = variable("RESEARCHER_MCP_URL")
            guard !text.isEmpty else { return nil }
            guard let address = HTTPURL(text) else {
                throw DeploymentFailure(missingVariables: ["RESEARCHER_MCP_URL (an https address)"])
            }
            let token = variable("RESEARCHER_MCP_TOKEN")
            return try MCPConfiguration(
                address: address, token: token.isEmpty ? nil : token,
                transport: CurlTransport(
                    certificateBundle: certificateBundle, largestResponseBytes: MCPLimits().answerBytes,
                    proxies: proxies))
        }
    }
}
