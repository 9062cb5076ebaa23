import Finance
import Quantities

/// What an agent knows about one analysis: the household, and everything code has computed about it.
package struct AnalysisBrief: Sendable {
    package let job: AnalysisJob.ID
    package let investor: Investor
    package let portfolio: Portfolio
    package let valuation: Valuation
    package let now: Timestamp
    /// When the work has to be over.
    package let deadline: ContinuousClock.Instant?

    package init(
        job: AnalysisJob.ID, investor: Investor, portfolio: Portfolio, at now: Timestamp,
        by deadline: ContinuousClock.Instant? = nil
    ) {
        self.job = job
        self.investor = investor
        self.portfolio = portfolio
        self.now = now
        self.deadline = deadline
        valuation = Valuation(of: portfolio, at: now)
    }
}

/// Something a researcher wrote down about markets or instruments.
package struct ResearchNote: Sendable, Equatable {
    package let title: String
    /// Markdown or plain text.
    package let text: String
    /// Where it was read, such as an address.
    package let source: String?
    package let asOf: Timestamp?

    package init(title: String, text: String, source: String? = nil, asOf: Timestamp? = nil) {
        self.title = title
        self.text = text
        self.source = source
        self.asOf = asOf
    }
}
