import AWSClient

/// The functions whose logs are watched, each with its log group.
package struct WatchedFunctions: Sendable, Equatable {
    static let groupPrefix = "/aws/lambda/"
    static let functionPrefix = "alex-"

    /// In the order in which they were asked for, or by name.
    package let groups: [String]

    /// - Parameters:
    ///   - names: `planner` or `alex-planner`; none for all there are.
    ///   - existing: The log groups of the deployment.
    /// - Throws: ``WatchFailure`` with what to do.
    package init(_ names: [String], among existing: [String]) throws(WatchFailure) {
        guard !names.isEmpty else {
            guard !existing.isEmpty else { throw .nothingDeployed }
            groups = existing.sorted()
            return
        }
        var groups: [String] = []
        for name in names {
            let group = Self.group(of: name)
            guard existing.contains(group) else {
                throw .notDeployed(
                    function: Self.function(of: group), known: existing.map(Self.function).sorted())
            }
            if !groups.contains(group) { groups.append(group) }
        }
        self.groups = groups
    }

    /// What all of them begin with.
    package static let prefix = groupPrefix + functionPrefix

    package static func group(of name: String) -> String {
        groupPrefix + (name.hasPrefix(functionPrefix) ? name : functionPrefix + name)
    }

    /// `alex-planner` of `/aws/lambda/alex-planner`.
    package static func function(of group: String) -> String {
        group.hasPrefix(groupPrefix) ? String(group.dropFirst(groupPrefix.count)) : group
    }
}

/// Why a log cannot be watched, and what to do.
package enum WatchFailure: Error, Equatable, CustomStringConvertible {
    case nothingDeployed
    case notDeployed(function: String, known: [String])
    /// While it was watched.
    case gone

    package var description: String {
        switch self {
        case .nothingDeployed:
            "no function is deployed here: there is no log group \(WatchedFunctions.prefix)...; "
                + "deploy the agents first: `alex deploy 6_agents`"
        case .notDeployed(let function, let known):
            "\(function) has no log group\(Self.part(of: function)); these can be watched: "
                + known.map(FunctionLines.shortName).joined(separator: ", ")
        case .gone: "a log group was deleted while it was watched; start again to watch what is left"
        }
    }

    /// The part of the deployment a function belongs to.
    private static func part(of function: String) -> String {
        let part: String? =
            switch FunctionLines.shortName(function) {
            case "planner", "tagger", "reporter", "charter", "retirement": "6_agents"
            case "api": "7_frontend"
            case "researcher": "4_researcher"
            case "ingest", "search": "3_ingestion"
            default: nil
            }
        return part.map { ", so that part is not deployed yet: `alex deploy \($0)`" } ?? ""
    }
}
