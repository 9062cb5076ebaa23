/// How much is taken out in a year of retirement.
///
/// All amounts are in today's money. What a rule asks for is paid as far as the balance reaches.
package enum WithdrawalStrategy: Sendable, Equatable {
    /// The wanted income every year.
    case constantReal
    /// The same part of the balance every year, 0...1.
    case percentOfPortfolio(fraction: Double)
    /// The wanted income first, then guardrails.
    case guytonKlinger(GuytonKlinger = GuytonKlinger())
    /// Variable percentage withdrawal: what would use the balance up evenly over the years left if every year
    /// brought this real return.
    case variablePercentage(realReturnFraction: Double)

    package static let defaultPercentFraction = 0.04
    /// A year of a rule that varies counts as paid from this part of the wanted income on.
    package static let defaultIncomeFloorFraction = 0.75

    package var id: String {
        switch self {
        case .constantReal: "constant_real"
        case .percentOfPortfolio: "percent_of_portfolio"
        case .guytonKlinger: "guyton_klinger"
        case .variablePercentage: "variable_percentage"
        }
    }

    package var title: String {
        switch self {
        case .constantReal: "the wanted income every year"
        case .percentOfPortfolio: "a fixed percentage of the balance"
        case .guytonKlinger: "guardrails (Guyton and Klinger)"
        case .variablePercentage: "a percentage that rises with age (VPW)"
        }
    }

    var isPossible: Bool {
        switch self {
        case .constantReal: true
        case .percentOfPortfolio(let fraction): (0...1).contains(fraction)
        case .guytonKlinger(let rule): rule.isPossible
        case .variablePercentage(let fraction): (-0.5...1).contains(fraction)
        }
    }

    /// What the rule asks for in one year; it looks at nothing but the arguments.
    @inline(__always)
    package func decision(in year: WithdrawalYear) -> WithdrawalDecision {
        switch self {
        case .constantReal: WithdrawalDecision(incomeUSD: year.wantedIncomeUSD)
        case .percentOfPortfolio(let fraction): WithdrawalDecision(incomeUSD: fraction * year.balanceUSD)
        case .guytonKlinger(let rule): rule.decision(in: year)
        case .variablePercentage(let fraction):
            WithdrawalDecision(
                incomeUSD: year.balanceUSD
                    / Self.annuityDueFactor(realReturnFraction: fraction, years: year.yearsLeft))
        }
    }

    /// What one dollar a year costs, the first paid at once: `1 + v + ... + v^(years - 1)` with
    /// `v = 1 / (1 + rate)`.
    package static func annuityDueFactor(realReturnFraction rate: Double, years: Int) -> Double {
        var (factor, discount) = (0.0, 1.0)
        for _ in 0..<max(1, years) {
            factor += discount
            discount /= 1 + rate
        }
        return factor
    }
}

/// What a rule looks at before it pays. All amounts are in today's money.
package struct WithdrawalYear: Sendable, Equatable {
    /// Right before the income is taken.
    package let balanceUSD: Double
    package let wantedIncomeUSD: Double
    /// Years still to be paid, this one included.
    package let yearsLeft: Int
    /// What happened since the last income; `nil` in the first year of retirement.
    package let last: Last?

    package struct Last: Sendable, Equatable {
        /// What the rule asked for, in the money of *this* year.
        package let incomeUSD: Double
        /// What the rule asked for in the first year, as a part of the balance then.
        package let firstRateFraction: Double
        /// Nominal.
        package let returnFraction: Double
        package let inflationFraction: Double

        package init(
            incomeUSD: Double, firstRateFraction: Double, returnFraction: Double, inflationFraction: Double
        ) {
            self.incomeUSD = incomeUSD
            self.firstRateFraction = firstRateFraction
            self.returnFraction = returnFraction
            self.inflationFraction = inflationFraction
        }
    }

    package init(balanceUSD: Double, wantedIncomeUSD: Double, yearsLeft: Int, last: Last? = nil) {
        self.balanceUSD = balanceUSD
        self.wantedIncomeUSD = wantedIncomeUSD
        self.yearsLeft = yearsLeft
        self.last = last
    }
}

/// What a rule asks for, and which parts of it acted.
package struct WithdrawalDecision: Sendable, Equatable {
    package let incomeUSD: Double
    package let isInflationSkipped: Bool
    package let isCut: Bool
    package let isRaised: Bool

    package init(
        incomeUSD: Double, isInflationSkipped: Bool = false, isCut: Bool = false, isRaised: Bool = false
    ) {
        self.incomeUSD = incomeUSD
        self.isInflationSkipped = isInflationSkipped
        self.isCut = isCut
        self.isRaised = isRaised
    }
}
