import Finance
import Quantities
import Wire

/// What asking for work gives.
package enum Claim<Work: Sendable>: Sendable {
    case granted(Work)
    /// There is nothing left to do: end well.
    case alreadyFinal
    /// Somebody is at it. After that moment the claim is worth another try.
    case heldUntil(Timestamp)
}

extension Claim: Equatable where Work: Equatable {}

/// The work of a planner: the job is its own until the lease ends.
package struct PlannerClaim: Sendable, Equatable {
    /// How often the job has been claimed, this time included.
    package let attempts: Int
    package let request: JSONValue
    package let investor: Investor
    package let portfolio: Portfolio
    /// When an earlier attempt froze the household, which is then the one above; `nil` when it is that of
    /// today.
    package let asOf: Timestamp?
    /// What became of the sections in earlier attempts.
    package let sections: [AnalysisSection: SectionProgress]

    package var frozen: FrozenHousehold? {
        asOf.map { FrozenHousehold(investor: investor, portfolio: portfolio, asOf: $0) }
    }

    package var savedSections: Set<AnalysisSection> { Set(sections.filter { $0.value == .saved }.keys) }
}

/// The work of a section's agent.
package struct SectionClaim: Sendable, Equatable {
    /// How often the section has been claimed, this time included.
    package let attempts: Int
    package let request: JSONValue
    package let investor: Investor
    package let portfolio: Portfolio
    /// When the planner froze the household; `nil` when no planner has, and it is that of today.
    package let asOf: Timestamp?
}

package enum SectionProgress: Sendable, Equatable {
    /// Somebody had claimed it and gave it back.
    case pending
    case running
    case saved
    /// In words for the user.
    case failed(reason: String)

    init(_ row: TableRow) throws(StoreFailure) {
        switch try row.required("status", as: String.self) {
        case "pending": self = .pending
        case "running": self = .running
        case "saved": self = .saved
        case "failed": self = .failed(reason: try row.required("failure"))
        default: throw .malformedRow(table: row.kind, column: "status")
        }
    }

    static func sections(_ rows: [TableRow]) throws(StoreFailure) -> [AnalysisSection: SectionProgress] {
        var sections: [AnalysisSection: SectionProgress] = [:]
        for row in rows where row.kind == "section" {
            sections[try row.required("section")] = try SectionProgress(row)
        }
        return sections
    }
}

/// What asking for a job's end gives.
package enum Ending: Sendable, Equatable {
    case ended
    case alreadyFinal
    /// A planner is at work; its lease ends then.
    case heldUntil(Timestamp)
}
