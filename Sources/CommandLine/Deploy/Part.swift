/// A part of Alex on AWS: a directory of `terraform/` with a state of its own. The order is that in
/// which each finds what it needs of the others: the researcher writes into the database.
package enum Part: String, CaseIterable, Sendable {
    case sagemaker = "2_sagemaker"
    case ingestion = "3_ingestion"
    case database = "5_database"
    case researcher = "4_researcher"
    case agents = "6_agents"
    case frontend = "7_frontend"
    case observability = "8_observability"

    /// What a household needs; the others are asked for by name.
    package static let essential: [Part] = [.database, .agents, .frontend]

    /// `5_database`, `database` or `5`.
    package init?(named name: String) {
        let part = Self.allCases.first { part in
            let pieces = part.rawValue.split(separator: "_", maxSplits: 1).map(String.init)
            return part.rawValue == name || pieces.contains(name)
        }
        guard let part else { return nil }
        self = part
    }

    /// The functions whose packages the part deploys.
    package var functions: [String] {
        switch self {
        case .sagemaker, .database, .observability: []
        case .ingestion: ["Ingest", "Search"]
        case .researcher: ["Researcher"]
        case .agents: ["Planner", "Tagger", "Reporter", "Charter", "Retirement"]
        case .frontend: ["API"]
        }
    }

    /// What is gone for good when the part is destroyed.
    package var data: String? {
        switch self {
        case .database: "every household, account and analysis"
        case .ingestion: "every document of the knowledge base"
        case .sagemaker, .researcher, .agents, .frontend, .observability: nil
        }
    }

    /// What costs money while nobody uses it.
    package var standingCost: String {
        switch self {
        case .sagemaker: "nothing while idle: the endpoint is serverless and paid by the second of use"
        case .ingestion: "next to nothing: a secret, and storage of the vectors"
        case .researcher: "nothing unless the schedule is on: each run pays for its model's tokens"
        case .database:
            "the largest driver: Aurora's capacity units by the hour, none while it is paused "
                + "(min_capacity 0), and its storage"
        case .agents: "two secrets; models are paid by the token of each analysis"
        case .frontend: "next to nothing: the storage of the site"
        case .observability:
            "dashboards and alarms by the month; the firewall, where it is on, is the largest"
        }
    }
}
