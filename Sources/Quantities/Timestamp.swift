/// A moment in UTC with microseconds, PostgreSQL's precision for `timestamptz`.
///
/// Lies in the years 1...9999, which is what calendars and texts can say; a number beyond them, such as one
/// that somebody has typed into an address, becomes the nearest moment.
package struct Timestamp: Sendable, Hashable, Comparable {
    package let microsecondsSinceEpoch: Int64

    /// The first and the last microsecond of the years 1...9999.
    private static let range: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    package init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = min(
            max(microsecondsSinceEpoch, Self.range.lowerBound), Self.range.upperBound)
    }

    package init(secondsSinceEpoch: Int64) {
        self.init(secondsSinceEpoch, times: 1_000_000)
    }

    package init(millisecondsSinceEpoch: Int64) {
        self.init(millisecondsSinceEpoch, times: 1000)
    }

    private init(_ count: Int64, times microseconds: Int64) {
        let (product, isTooLarge) = count.multipliedReportingOverflow(by: microseconds)
        self.init(microsecondsSinceEpoch: isTooLarge ? (count < 0 ? .min : .max) : product)
    }

    package var secondsSinceEpoch: Int64 { floorDivision(microsecondsSinceEpoch, 1_000_000) }
    package var millisecondsSinceEpoch: Int64 { floorDivision(microsecondsSinceEpoch, 1000) }

    package var date: CalendarDate {
        CalendarDate(daysSinceEpoch: Int(floorDivision(secondsSinceEpoch, 86_400)))
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
    }

    package static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        return Timestamp(microsecondsSinceEpoch: moment.microsecondsSinceEpoch + microseconds)
    }

    package static func - (moment: Timestamp, duration: Duration) -> Timestamp { moment + (.zero - duration) }

    package static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .microseconds(later.microsecondsSinceEpoch - earlier.microsecondsSinceEpoch)
    }
}

func floorDivision(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
}
