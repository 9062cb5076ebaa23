import Quantities

/// One analysis of a household, from the click to the verdict.
package struct AnalysisJob: Sendable, Equatable {
    package typealias ID = UUID

    package enum Status: String, Sendable, Hashable, CaseIterable {
        case pending
        case running
        case completed
        case failed

        package var isFinal: Bool { self == .completed || self == .failed }
    }

    package let id: ID
    package let investor: Investor.ID
    package let status: Status
    package let createdAt: Timestamp
    package let startedAt: Timestamp?
    package let completedAt: Timestamp?
    /// What the user is told; set when failed.
    package let failureReason: String?
    /// What a completed job could not deliver.
    package let missingSections: [AnalysisSection]

    package init(
        id: ID, investor: Investor.ID, status: Status, createdAt: Timestamp, startedAt: Timestamp? = nil,
        completedAt: Timestamp? = nil, failureReason: String? = nil, missingSections: [AnalysisSection] = []
    ) {
        self.id = id
        self.investor = investor
        self.status = status
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.failureReason = failureReason
        self.missingSections = missingSections
    }
}

/// A part of the analysis, written by one agent into one column of the job.
package enum AnalysisSection: String, Sendable, Hashable, CaseIterable {
    case report
    case charts
    case retirement

    /// For people: `the charts`.
    package var title: String {
        switch self {
        case .report: "the report"
        case .charts: "the charts"
        case .retirement: "the retirement projection"
        }
    }

    /// `The charts are ready.`
    package var readySentence: String {
        switch self {
        case .report: "The report is ready."
        case .charts: "The charts are ready."
        case .retirement: "The retirement projection is ready."
        }
    }
}
