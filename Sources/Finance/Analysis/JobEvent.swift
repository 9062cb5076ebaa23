import Quantities

/// A step of an analysis as the user sees it happen.
package struct JobEvent: Sendable, Equatable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case queued
        case started
        case taggingStarted = "tagging_started"
        case taggingFinished = "tagging_finished"
        case pricesUpdated = "prices_updated"
        case sectionStarted = "section_started"
        case sectionFinished = "section_finished"
        case sectionFailed = "section_failed"
        case completed
        case failed
    }

    package let at: Timestamp
    package let kind: Kind
    /// For the section kinds only.
    package let section: AnalysisSection?
    /// One sentence for the user.
    package let message: String
    /// How long the step took, for steps that end.
    package let seconds: Double?

    package init(
        at: Timestamp, kind: Kind, section: AnalysisSection? = nil, message: String, seconds: Double? = nil
    ) {
        self.at = at
        self.kind = kind
        self.section = section
        self.message = message
        self.seconds = seconds
    }
}
