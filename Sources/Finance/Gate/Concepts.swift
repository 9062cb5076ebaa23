/// What a figure is said to be: the words of a text and the metric of a fact both name concepts, and these
/// have to agree.
struct Concepts: OptionSet, Sendable, Hashable {
    let rawValue: UInt64

    static let cash = Concepts(rawValue: 1 << 0)
    static let target = Concepts(rawValue: 1 << 1)
    static let gap = Concepts(rawValue: 1 << 2)
    static let drift = Concepts(rawValue: 1 << 3)
    static let price = Concepts(rawValue: 1 << 4)
    static let age = Concepts(rawValue: 1 << 5)
    static let interest = Concepts(rawValue: 1 << 6)
    static let concentration = Concepts(rawValue: 1 << 7)
    static let effective = Concepts(rawValue: 1 << 8)
    static let largest = Concepts(rawValue: 1 << 9)
    static let paths = Concepts(rawValue: 1 << 10)
    static let error = Concepts(rawValue: 1 << 11)
    static let returns = Concepts(rawValue: 1 << 12)
    static let volatility = Concepts(rawValue: 1 << 13)
    static let inflation = Concepts(rawValue: 1 << 14)
    static let saving = Concepts(rawValue: 1 << 15)
    static let income = Concepts(rawValue: 1 << 16)
    static let fourPercent = Concepts(rawValue: 1 << 17)
    static let shortfall = Concepts(rawValue: 1 << 18)
    static let untilRetirement = Concepts(rawValue: 1 << 19)
    static let inRetirement = Concepts(rawValue: 1 << 20)
    static let lasting = Concepts(rawValue: 1 << 21)
    static let nineInTen = Concepts(rawValue: 1 << 22)
    static let accounts = Concepts(rawValue: 1 << 23)
    static let holdings = Concepts(rawValue: 1 << 24)
    static let unpriced = Concepts(rawValue: 1 << 25)
    static let unclassified = Concepts(rawValue: 1 << 26)
    static let lowerBound = Concepts(rawValue: 1 << 27)
    static let upperBound = Concepts(rawValue: 1 << 28)
    static let fees = Concepts(rawValue: 1 << 29)
    static let rest = Concepts(rawValue: 1 << 30)
    static let fix = Concepts(rawValue: 1 << 31)
    static let safe = Concepts(rawValue: 1 << 32)
    static let history = Concepts(rawValue: 1 << 33)
    static let failing = Concepts(rawValue: 1 << 34)
    static let crash = Concepts(rawValue: 1 << 35)
    static let longevity = Concepts(rawValue: 1 << 36)
    static let overspending = Concepts(rawValue: 1 << 37)
    static let change = Concepts(rawValue: 1 << 38)
    static let drawdown = Concepts(rawValue: 1 << 39)
    static let ages = Concepts(rawValue: 1 << 40)
    static let later = Concepts(rawValue: 1 << 41)
    static let expected = Concepts(rawValue: 1 << 42)
    static let p10 = Concepts(rawValue: 1 << 43)
    static let p25 = Concepts(rawValue: 1 << 44)
    static let median = Concepts(rawValue: 1 << 45)
    static let p75 = Concepts(rawValue: 1 << 46)
    static let p90 = Concepts(rawValue: 1 << 47)
    static let atStart = Concepts(rawValue: 1 << 48)
    static let atEnd = Concepts(rawValue: 1 << 49)
    static let topThree = Concepts(rawValue: 1 << 50)
    static let stale = Concepts(rawValue: 1 << 51)
    static let performance = Concepts(rawValue: 1 << 52)
    static let invested = Concepts(rawValue: 1 << 53)
    static let byAssetClass = Concepts(rawValue: 1 << 54)
    static let byRegion = Concepts(rawValue: 1 << 55)
    static let bySector = Concepts(rawValue: 1 << 56)
    static let real = Concepts(rawValue: 1 << 57)
    static let average = Concepts(rawValue: 1 << 58)
    /// Under other assumptions, or with another rule, than those of the plan.
    static let otherwise = Concepts(rawValue: 1 << 60)
    /// Shares as they are compared with targets: of what is classified.
    static let compared = Concepts(rawValue: 1 << 62)
    /// All there is as a share of itself: only in the last row of a table.
    static let all = Concepts(rawValue: 1 << 63)
    static let goal = Concepts(rawValue: 1 << 61)
    static let fresh = Concepts(rawValue: 1 << 59)

    /// Where in a distribution: a figure is one of these or none.
    static let places: Concepts = [.p10, .p25, .median, .p75, .p90, .expected]
    /// When in a projection.
    static let moments: Concepts = [.atStart, .atEnd]

    /// Of each of these a figure is one or none.
    static let alternatives: [Concepts] = [
        [.lowerBound, .upperBound], [.average, .nineInTen], [.largest, .topThree], [.cash, .invested],
        [.fourPercent, .shortfall, .safe],
    ]
    /// By what a portfolio is divided.
    static let divisions: Concepts = [.byAssetClass, .byRegion, .bySector]

    var place: Concepts { intersection(.places) }
    var moment: Concepts { intersection(.moments) }
    var division: Concepts { intersection(.divisions) }
    /// What is measured, apart from place, moment and division.
    var measures: Concepts { subtracting(.places).subtracting(.moments).subtracting(.divisions) }
}
