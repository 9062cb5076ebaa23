import AWSClient
import Agents
import BedrockClient
import DataAPIClient
import Finance
import Knowledge
import MiniLM
import Transport
import Wire

/// What a function was deployed with: the environment, read once at the door. Below it nobody looks.
///
/// The variables and their meaning are listed in `.env.example`.
package struct Deployment: Sendable {
    package let aws: AWSConfiguration
    package let transport: any HTTPTransport
    let certificateBundle: String?
    let proxies: Proxies
    private let environment: [String: String]

    /// - Throws: ``DeploymentFailure`` naming every variable of `needs` that is not set.
    package init(_ environment: [String: String], needs: [Need]) throws {
        let missing = needs.flatMap(\.variables).filter { (environment[$0] ?? "").isEmpty }
        guard missing.isEmpty else { throw DeploymentFailure(missingVariables: missing) }
        certificateBundle = CurlTransport.certificateBundle(environment: environment)
        proxies = Proxies(environment: environment)
        let transport = CurlTransport(certificateBundle: certificateBundle, proxies: proxies)
        aws = try AWSConfiguration(environment: environment, transport: transport)
        self.transport = transport
        self.environment = environment
    }

    package enum Need: Sendable {
        case database
        case model
        case queue
        case identity
        case knowledge
        case pages

        var variables: [String] {
            switch self {
            case .database: ["AURORA_CLUSTER_ARN", "AURORA_SECRET_ARN"]
            case .model: ["BEDROCK_MODEL_ID"]
            case .queue: ["SQS_QUEUE_URL"]
            case .identity: ["CLERK_JWKS_URL", "CLERK_ISSUER"]
            case .knowledge: ["VECTOR_BUCKET"]
            case .pages: ["RESEARCH_HOSTS"]
            }
        }
    }

    package func variable(_ name: String, default standard: String = "") -> String {
        guard let value = environment[name], !value.isEmpty else { return standard }
        return value
    }

    /// The parts between commas.
    package func list(_ name: String) -> [String] {
        variable(name).split(separator: ",").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// - Throws: ``DeploymentFailure`` when the variable is set and not a positive whole number.
    private func seconds(_ name: String, default standard: Int) throws(DeploymentFailure) -> Duration {
        let text = variable(name, default: String(standard))
        guard let seconds = Int(text), seconds > 0 else {
            throw DeploymentFailure(missingVariables: ["\(name) (a positive number of seconds)"])
        }
        return .seconds(seconds)
    }

    package var database: DataAPIClient {
        DataAPIClient(
            cluster: variable("AURORA_CLUSTER_ARN"), secret: variable("AURORA_SECRET_ARN"),
            database: variable("AURORA_DATABASE", default: "alex"), configuration: aws)
    }

    package var model: any LanguageModel {
        var configuration = aws
        configuration.region = variable("BEDROCK_REGION", default: aws.region)
        return BedrockModel(modelID: variable("BEDROCK_MODEL_ID"), configuration: configuration)
    }

    /// How long a planner may hold a job: longer than its timeout, not longer than the queue hides a message.
    package var plannerLease: Duration {
        get throws(DeploymentFailure) { try seconds("PLANNER_LEASE_SECONDS", default: 905) }
    }

    /// How long a section's function may hold its section: longer than its timeout.
    package var sectionLease: Duration {
        get throws(DeploymentFailure) { try seconds("SECTION_LEASE_SECONDS", default: 305) }
    }

    /// What the research desk knows about instruments; nothing where no search function is named.
    package var research: ResearchDesk {
        let function = variable("SEARCH_FUNCTION")
        guard !function.isEmpty else { return { _ in [] } }
        let stored = StoredResearch(calls: FunctionCalls(self), function: function)
        return { try await stored.notes(about: $0) }
    }

    /// Market prices, where there is a key: `MARKET_SECRET_ARN` names its secret, `POLYGON_API_KEY` is it.
    var market: PolygonClient? {
        get throws {
            let (secret, text) = (variable("MARKET_SECRET_ARN"), variable("POLYGON_API_KEY"))
            guard !secret.isEmpty || !text.isEmpty else { return nil }
            let key: MarketKey = secret.isEmpty ? .text(text) : .secret(arn: secret, SecretsClient(aws))
            guard let address = HTTPURL(variable("POLYGON_ADDRESS", default: PolygonClient.defaultAddress)),
                let plan = PolygonClient.Plan(rawValue: variable("POLYGON_PLAN", default: "free"))
            else {
                throw DeploymentFailure(missingVariables: ["POLYGON_ADDRESS or POLYGON_PLAN (free or paid)"])
            }
            return PolygonClient(address: address, key: key, plan: plan, transport: transport)
        }
    }
}

/// The function was deployed without what it needs; it does not start.
package struct DeploymentFailure: Error, Equatable, CustomStringConvertible {
    package let missingVariables: [String]

    package var description: String {
        "not set: \(missingVariables.joined(separator: ", ")); see .env.example for what they mean"
    }
}
