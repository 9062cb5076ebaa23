/// Why a series of yearly returns cannot be used.
package enum HistoryFailure: Error, Equatable, CustomStringConvertible {
    case empty
    /// A year between the first and the last is missing, or the years are not in order.
    case gap(year: Int)
    case duplicate(year: Int)
    case impossible(year: Int)
    case outOfRange(first: Int, last: Int)
    /// A line of a file is not a year and four numbers; lines are counted from 1.
    case line(Int)
    /// The columns are not `year,stocks,bills,bonds,inflation`.
    case columns

    package var description: String {
        switch self {
        case .empty: "the series has no years"
        case .gap(let year): "the year \(year) is missing from the series, or its years are not in order"
        case .duplicate(let year): "the series has the year \(year) twice"
        case .impossible(let year): "the numbers of \(year) cannot be yearly returns"
        case .outOfRange(let first, let last): "the series does not hold the years \(first) to \(last)"
        case .line(let line): "line \(line) is not a year and four numbers"
        case .columns: "the columns must be year, stocks, bills, bonds and inflation"
        }
    }
}
