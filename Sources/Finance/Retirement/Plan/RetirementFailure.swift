/// Why a retirement plan cannot be calculated.
package enum RetirementFailure: Error, Equatable, CustomStringConvertible {
    case weightsDoNotSumToOne(sum: Double)
    case weightOutOfRange(AssetClass)
    /// The weight of a class is not stated; zero has to be.
    case weightMissing(AssetClass)
    case assumptionMissing(AssetClass)
    case assumptionOutOfRange(AssetClass)
    case inflationOutOfRange
    case correlationsNotSquare
    case correlationOutOfRange(row: Int, column: Int)
    /// The matrix is not positive semidefinite.
    case correlationsContradictory
    case yearsOutOfRange(untilRetirement: Int, inRetirement: Int)
    case negativeMoney
    case pathsOutOfRange(Int)
    case strategyOutOfRange
    case goalOutOfRange
    case history(HistoryFailure)
    /// No window of the plan's length fits into the history.
    case historyTooShort(neededYears: Int, years: Int)
    case blockOutOfRange(years: Int)
    /// An outcome has more digits than money can.
    case outcomeTooLarge

    package var description: String {
        switch self {
        case .weightsDoNotSumToOne(let sum): "the weights of the asset classes sum to \(sum) instead of 1"
        case .weightOutOfRange(let assetClass): "the weight of \(assetClass.title) lies outside 0...1"
        case .weightMissing(let assetClass):
            "the weight of \(assetClass.title) is not stated; a class that is not held has the weight 0"
        case .assumptionMissing(let assetClass): "nothing is assumed about the return of \(assetClass.title)"
        case .assumptionOutOfRange(let assetClass):
            "the assumed return of \(assetClass.title) must be -90 to 1000 percent and vary by 0 to 1000"
        case .inflationOutOfRange: "the assumed inflation must lie between -50 and 100 percent"
        case .correlationsNotSquare: "the correlations need one row and one column for each asset class"
        case .correlationOutOfRange(let row, let column):
            "correlation \(row + 1), \(column + 1) must lie in -1...1, be symmetric, and 1 on the diagonal"
        case .correlationsContradictory: "no returns can have these correlations: the matrix is not positive"
        case .yearsOutOfRange(let untilRetirement, let inRetirement):
            "\(untilRetirement) years until and \(inRetirement) years in retirement cannot be projected"
        case .negativeMoney: "a balance, contribution or income below zero cannot be projected"
        case .pathsOutOfRange(let paths): "\(paths) paths cannot be simulated"
        case .strategyOutOfRange: "a parameter of the withdrawal strategy is impossible"
        case .goalOutOfRange: "the success aimed at must lie above 0 and below or at 100 percent"
        case .history(let failure): "the history cannot be used: \(failure)"
        case .historyTooShort(let neededYears, let years):
            "a plan of \(neededYears) years does not fit into a history of \(years)"
        case .blockOutOfRange(let years): "blocks of \(years) years cannot be drawn from the history"
        case .outcomeTooLarge: "the outcome has too many digits"
        }
    }
}
