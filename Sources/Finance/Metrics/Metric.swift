import Quantities

/// A statistic that may not exist for what it is asked of. Never NaN: either a finite number or why there is
/// none.
package enum Metric: Sendable, Equatable {
    case value(Double)
    case notDefined(Gap)

    /// The number, or ``Gap/tooLarge`` when it is not finite.
    package init(_ number: Double) {
        self = number.isFinite ? .value(number) : .notDefined(.tooLarge)
    }

    /// `nil` when the metric is not defined.
    package var value: Double? {
        if case .value(let number) = self { number } else { nil }
    }

    /// `nil` when the metric has a value.
    package var gap: Gap? {
        if case .notDefined(let gap) = self { gap } else { nil }
    }

    package func map(_ transform: (Double) -> Double) -> Metric {
        switch self {
        case .value(let number): Metric(transform(number))
        case .notDefined: self
        }
    }
}

/// Why a metric is not defined.
package enum Gap: Sendable, Equatable, CustomStringConvertible {
    /// The number would be larger than any.
    case tooLarge
    case tooFew(count: Int, needed: Int)
    /// All returns are equal: nothing can be divided by their deviation.
    case noVariation
    /// No return lies below the target: nothing can be divided by the downside.
    case noDownside
    case shorterThanAYear(days: Int)
    /// Nothing was invested, or more was taken out than there was.
    case nothingInvested
    case valueNegative
    /// A flow needs a value of that day, and one of at most a few days before.
    case valueMissing(CalendarDate)
    case flowOutsidePeriod(CalendarDate)
    /// Money only ever went one way.
    case flowsOneWay
    /// No rate makes the flows worth nothing.
    case noRate
    /// Every one of these rates makes the flows worth nothing.
    case severalRates([Double])
    /// The rate is so near -100 percent that a number cannot tell the difference.
    case totalLoss
    /// The flows change direction too often to say how many rates there are.
    case undecided
    /// The balance at the end is missed even without withdrawals.
    case targetOutOfReach
    /// Payments never use up the balance.
    case spendingForever
    /// A formula leads to no distribution.
    case noShape
    case noClosedForm

    package var description: String {
        switch self {
        case .tooLarge: "the result is too large for a number"
        case .tooFew(let count, let needed): "\(count) observations, but at least \(needed) are needed"
        case .noVariation: "the returns do not vary"
        case .noDownside: "no return lies below the target"
        case .shorterThanAYear(let days): "\(days) days are less than a year and are not annualised"
        case .nothingInvested: "nothing was invested: the denominator is not above zero"
        case .valueNegative: "a value below zero has no return"
        case .valueMissing(let day): "a flow needs a value of \(day)"
        case .flowOutsidePeriod(let day): "the flow of \(day) lies outside the period"
        case .flowsOneWay: "the flows need at least one payment in and one out"
        case .noRate: "no rate makes the flows worth nothing"
        case .severalRates(let rates):
            "several rates make the flows worth nothing: "
                + rates.map { "\($0)" }.joined(separator: ", ")
        case .totalLoss: "the rate cannot be told from a total loss"
        case .undecided: "the flows change direction too often to say how many rates there are"
        case .targetOutOfReach: "the balance misses the final target even without withdrawals"
        case .spendingForever: "nothing is ever spent up: payments do not exceed the yearly return"
        case .noShape: "the formula has no distribution for these parameters"
        case .noClosedForm: "there is no closed form with contributions; simulate instead"
        }
    }
}

/// Why a metric cannot even be asked for.
package enum MetricFailure: Error, Equatable, CustomStringConvertible {
    /// Not a number, infinite, or a loss of more than everything.
    case returnOutOfRange(index: Int)
    case periodsPerYearOutOfRange
    case levelOutOfRange
    /// Not a number, infinite or below zero.
    case weightOutOfRange
    /// All weights are zero.
    case nothingWeighed
    case periodEmpty
    /// Out of order, or twice the same day.
    case valuesOutOfOrder
    case parameterOutOfRange(String)

    package var description: String {
        switch self {
        case .returnOutOfRange(let index): "return \(index + 1) is not a finite number of at least -1"
        case .periodsPerYearOutOfRange: "the periods per year must lie above 0 and up to 366"
        case .levelOutOfRange: "a confidence level lies between 0.5 and 1"
        case .weightOutOfRange: "a weight must be a finite number of at least 0"
        case .nothingWeighed: "at least one weight must be above 0"
        case .periodEmpty: "the period must last at least one day"
        case .valuesOutOfOrder: "at least two values are needed, each of a later day than the one before"
        case .parameterOutOfRange(let name): "\(name) is out of range"
        }
    }
}
