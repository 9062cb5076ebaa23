/// Why a retirement plan cannot be calculated.
package enum RetirementFailure: Error, Equatable, CustomStringConvertible {
    case weightsDoNotSumToOne(sum: Double)
    case weightOutOfRange(AssetClass)
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
    /// An outcome has more digits than money can.
    case outcomeTooLarge

    package var description: String {
        switch self {
        case .weightsDoNotSumToOne(let sum): "the weights of the asset classes sum to \(sum) instead of 1"
        case .weightOutOfRange(let assetClass): "the weight of \(assetClass.title) lies outside 0...1"
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
        case .outcomeTooLarge: "the outcome has too many digits"
        }
    }
}
