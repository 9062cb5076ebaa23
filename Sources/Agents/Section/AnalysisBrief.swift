import Finance
import Quantities

/// What an agent knows about one analysis: the household, and everything code has computed about it.
package struct AnalysisBrief: Sendable {
    package let job: AnalysisJob.ID
    package let investor: Investor
    package let portfolio: Portfolio
    package let valuation: Valuation
    /// A plan that cannot be calculated fails the projection, not the report and the charts.
    package let retirement: Result<RetirementResult, RetirementFailure>
    /// What is safe, what would fix the plan, why paths fail; `nil` without a projection.
    package let study: RetirementStudy?
    package let facts: FactTable
    package let now: Timestamp
    /// When the work has to be over.
    package let deadline: ContinuousClock.Instant?

    /// Values the portfolio and runs the retirement simulation, so that every agent speaks of the same
    /// figures.
    ///
    /// - Parameter isStudied: Whether the projection is studied, too; who says nothing of retirement saves
    ///   the time.
    package init(
        job: AnalysisJob.ID, investor: Investor, portfolio: Portfolio, at now: Timestamp,
        by deadline: ContinuousClock.Instant? = nil, paths: Int = RetirementSimulation.defaultPaths,
        isStudied: Bool = true
    ) {
        self.job = job
        self.investor = investor
        self.portfolio = portfolio
        self.now = now
        self.deadline = deadline
        let valuation = Valuation(of: portfolio, at: now)
        self.valuation = valuation
        retirement = Self.retirement(of: investor, valuation: valuation, paths: paths, now: now)
        study = isStudied ? Self.study(of: retirement) : nil
        facts = FactTable(of: valuation, investor: investor, retirement: retirement.result, study: study)
    }

    /// A plan that was projected can be studied, unless its paths are too many to be kept.
    private static func study(of retirement: Result<RetirementResult, RetirementFailure>) -> RetirementStudy?
    {
        do {
            return try RetirementStudy(of: retirement.get())
        } catch {
            return nil
        }
    }

    private static func retirement(
        of investor: Investor, valuation: Valuation, paths: Int, now: Timestamp
    ) -> Result<RetirementResult, RetirementFailure> {
        Result { () throws(RetirementFailure) in
            let plan = try RetirementPlan(
                investor: investor, valuation: valuation, assumptions: .published(), now: now)
            return try RetirementSimulation.run(plan, paths: paths)
        }
    }
}

extension Result<RetirementResult, RetirementFailure> {
    /// The projection, where there is one.
    var result: RetirementResult? {
        switch self {
        case .success(let result): result
        case .failure: nil
        }
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
