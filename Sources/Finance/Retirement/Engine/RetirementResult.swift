import Quantities

/// What a simulation found. All money is in today's money, to the cent.
package struct RetirementResult: Sendable, Equatable {
    package let plan: RetirementPlan
    /// How many lives were followed; with the historical engine the number of windows.
    package let paths: Int
    package let seed: UInt64
    /// One entry for each year, from today (year 0) to the end of retirement: none is left out.
    package let years: [RetirementYear]
    /// Paths whose income was paid in full in every year of retirement, 0...100.
    package let successPercent: Double
    /// Mean number of retirement years paid in full.
    package let averageYearsLasted: Double

    /// Half the width of the 95 percent interval around ``successPercent``, in points: what another seed
    /// might change.
    package var samplingErrorPercent: Double {
        Self.samplingErrorPercent(successPercent: successPercent, paths: paths)
    }

    package static func samplingErrorPercent(successPercent: Double, paths: Int) -> Double {
        let share = successPercent / 100
        // Where all paths agree, the rule of three says what may still be missed.
        if share <= 0 || share >= 1 { return 300 / Double(paths) }
        return 196 * (share * (1 - share) / Double(paths)).squareRoot()
    }

    /// The day retirement begins, before the first income is taken.
    package var atRetirement: RetirementYear { years[plan.yearsUntilRetirement] }
    package var atEnd: RetirementYear { years[years.count - 1] }

    /// Retirement years that nine in ten paths pay in full.
    package var yearsLastedByNineInTen: Int {
        years.dropFirst(plan.yearsUntilRetirement + 1).prefix { $0.fundedPercent >= 90 }.count
    }

    /// What four percent of the median balance at retirement would pay in the first year.
    package var fourPercentIncomeUSD: Decimal {
        (atRetirement.balance.p50USD * Self.fourPercent).rounded(fractionDigits: 2)
    }

    /// How much of the target ``fourPercentIncomeUSD`` leaves open; zero when it leaves nothing open.
    package var incomeGapUSD: Decimal { max(0, plan.targetIncomeUSD - fourPercentIncomeUSD) }

    private static let fourPercent = Decimal(coefficient: 4, scale: 2)
}

/// The end of a year of a projection, after that year's contribution or income.
package struct RetirementYear: Sendable, Equatable {
    /// Years from today; 0 is today.
    package let year: Int
    package let isRetired: Bool
    /// When every year brings the mean return.
    package let expectedUSD: Decimal
    package let balance: MoneyPercentiles
    /// Paths whose income was paid in full up to and in this year, 0...100; 100 before retirement.
    package let fundedPercent: Double
    /// What was paid in this year; `nil` before retirement, and where only balances were followed (a constant
    /// income is paid in full or it is not: ``fundedPercent``).
    package var income: MoneyPercentiles?
}

/// Amounts below which 10, 25, 50, 75 and 90 percent of the paths lie, linearly interpolated between paths.
package struct MoneyPercentiles: Sendable, Equatable {
    package let p10USD: Decimal
    package let p25USD: Decimal
    package let p50USD: Decimal
    package let p75USD: Decimal
    package let p90USD: Decimal

    static let fractions = [0.10, 0.25, 0.50, 0.75, 0.90]

    /// - Parameter usd: One value for each of ``fractions``.
    init(usd: [Double]) throws(RetirementFailure) {
        p10USD = try cents(usd[0])
        p25USD = try cents(usd[1])
        p50USD = try cents(usd[2])
        p75USD = try cents(usd[3])
        p90USD = try cents(usd[4])
    }
}

func cents(_ usd: Double) throws(RetirementFailure) -> Decimal {
    guard let amount = Decimal(rounding: usd, fractionDigits: 2) else { throw .outcomeTooLarge }
    return amount
}
