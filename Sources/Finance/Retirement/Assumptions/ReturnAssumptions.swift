import Quantities

/// What is assumed about markets: one nominal return for each asset class, how they move together, and
/// inflation.
package struct ReturnAssumptions: Sendable, Equatable {
    package let returns: [AssetClass: ReturnAssumption]
    /// In the order of `AssetClass.allCases`.
    package let correlations: CorrelationMatrix
    /// A year, the same every year.
    package let inflationFraction: Double
    /// Where the numbers come from and which of them are judgement; shown beside every projection.
    package let source: String
    /// The day the source speaks of.
    package let vintage: CalendarDate

    /// - Throws: ``RetirementFailure`` when a class is missing or a number is impossible.
    package init(
        returns: [AssetClass: ReturnAssumption], correlations: CorrelationMatrix, inflationFraction: Double,
        source: String, vintage: CalendarDate
    ) throws(RetirementFailure) {
        for assetClass in AssetClass.allCases {
            guard let assumption = returns[assetClass] else { throw .assumptionMissing(assetClass) }
            guard assumption.isPossible else { throw .assumptionOutOfRange(assetClass) }
        }
        guard correlations.rows.count == AssetClass.allCases.count else { throw .correlationsNotSquare }
        guard (-0.5...1).contains(inflationFraction) else { throw .inflationOutOfRange }
        self.returns = returns
        self.correlations = correlations
        self.inflationFraction = inflationFraction
        self.source = source
        self.vintage = vintage
    }

    /// Return of a mix that is rebalanced every year.
    ///
    /// - Parameter weights: Fractions that sum to 1.
    package func portfolio(_ weights: [AssetClass: Double]) -> ReturnAssumption {
        var mean = 0.0
        var variance = 0.0
        for (row, left) in AssetClass.allCases.enumerated() {
            guard let leftWeight = weights[left], let leftReturn = returns[left] else { continue }
            mean += leftWeight * leftReturn.meanFraction
            for (column, right) in AssetClass.allCases.enumerated() {
                guard let rightWeight = weights[right], let rightReturn = returns[right] else { continue }
                variance +=
                    leftWeight * leftReturn.deviationFraction * rightWeight * rightReturn.deviationFraction
                    * correlations.rows[row][column]
            }
        }
        return ReturnAssumption(meanFraction: mean, deviationFraction: max(0, variance).squareRoot())
    }

    /// The same assumptions with another return for one class.
    package func replacing(
        _ assetClass: AssetClass, with assumption: ReturnAssumption
    ) throws(RetirementFailure) -> ReturnAssumptions {
        var returns = returns
        returns[assetClass] = assumption
        return try ReturnAssumptions(
            returns: returns, correlations: correlations, inflationFraction: inflationFraction,
            source: source, vintage: vintage)
    }
}
