import Quantities

/// The facts of one analysis, in a fixed order: the portfolio, what is known about it, accounts, holdings,
/// allocations, risks, then the investor and retirement.
package struct FactTable: Sendable, Equatable {
    package let facts: [Fact]
    private let indexByID: [Fact.ID: Int]

    /// Of facts with the same id the first is kept.
    package init(_ facts: [Fact]) {
        var indexByID: [Fact.ID: Int] = [:]
        var kept: [Fact] = []
        for fact in facts where indexByID[fact.id] == nil {
            indexByID[fact.id] = kept.count
            kept.append(fact)
        }
        self.facts = kept
        self.indexByID = indexByID
    }

    /// - Parameters:
    ///   - retirement: `nil` where no projection was made.
    ///   - study: Of that projection; `nil` where none was made.
    package init(
        of valuation: Valuation, investor: Investor, retirement: RetirementResult? = nil,
        study: RetirementStudy? = nil
    ) {
        self.init(
            valuation.portfolioFacts + valuation.coverageFacts + valuation.accountFacts
                + valuation.holdingFacts + valuation.restFacts
                + valuation.allocationFacts(investor: investor) + valuation.concentrationFacts
                + investor.facts + (retirement?.facts(today: valuation.asOf.date) ?? [])
                + (study?.facts ?? []))
    }

    package subscript(id: Fact.ID) -> Fact? { indexByID[id].map { facts[$0] } }
}

/// A statistic as a fact carries it.
///
/// - Returns: `nil` when the value is not finite.
func statistic(_ value: Double?, fractionDigits: Int = 6) -> Decimal? {
    value.flatMap { Decimal(rounding: $0, fractionDigits: fractionDigits) }
}
