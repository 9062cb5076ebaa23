/// A moment in UTC with microseconds, PostgreSQL's precision for `timestamptz`.
package struct Timestamp: Sendable, Hashable, Comparable {
    package let microsecondsSinceEpoch: Int64

    package init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    package init(secondsSinceEpoch: Int64) {
        self.init(microsecondsSinceEpoch: secondsSinceEpoch * 1_000_000)
    }

    package init(millisecondsSinceEpoch: Int64) {
        self.init(microsecondsSinceEpoch: millisecondsSinceEpoch * 1000)
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
