import Quantities

/// The six fields of a schedule: minutes, hours, day of the month, month, day of the week, year.
///
/// Source: EventBridge Scheduler User Guide, "Schedule types". Everywhere `,`, `-`, `*` and `/`; for days of
/// the month also `?`, `L` and `W`, for days of the week `?`, `L` and `#`.
package struct CronExpression: Sendable, Hashable {
    private let minutes: [Int]
    private let hours: [Int]
    private let days: Days
    private let months: Set<Int>
    private let years: Set<Int>

    private static let allYears = 1970...2199
    private static let monthNames = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    private static let weekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]

    fileprivate enum Days: Sendable, Hashable {
        case month([DayOfMonth])
        case week([DayOfWeek])
    }

    fileprivate enum DayOfMonth: Sendable, Hashable {
        case day(Int)
        case last
        /// The working day nearest to a day, in the same month.
        case workday(near: Int)
    }

    /// Sunday is 1.
    fileprivate enum DayOfWeek: Sendable, Hashable {
        case day(Int)
        case last(Int)
        case numbered(Int, of: Int)
    }

    /// `nil` for what is not six fields of the documented form.
    package init?(_ text: some StringProtocol) {
        let fields = text.uppercased().split(separator: " ").map(String.init)
        guard fields.count == 6, (fields[2] == "?") != (fields[4] == "?"),
            let minutes = Self.numbers(fields[0], 0...59), let hours = Self.numbers(fields[1], 0...23),
            let months = Self.numbers(fields[3], 1...12, Self.monthNames),
            let years = Self.numbers(fields[5], Self.allYears)
        else { return nil }
        if fields[4] == "?" {
            guard let days = Self.daysOfMonth(fields[2]) else { return nil }
            self.days = .month(days)
        } else {
            guard let days = Self.daysOfWeek(fields[4]) else { return nil }
            self.days = .week(days)
        }
        self.minutes = minutes
        self.hours = hours
        self.months = Set(months)
        self.years = Set(years)
    }

    /// The first time after a moment. Times that a clock on the wall jumps over are left out, and those that
    /// it shows twice count once.
    func next(after moment: Timestamp, in zone: ScheduleZone) -> Timestamp? {
        var day = CalendarDate(daysSinceEpoch: zone.wallTime(at: moment).date.daysSinceEpoch - 1)
        while day.year <= Self.allYears.upperBound {
            if !years.contains(day.year) {
                guard let next = CalendarDate(year: day.year + 1, month: 1, day: 1) else { return nil }
                day = next
                continue
            }
            if months.contains(day.month), days.contains(day),
                let time = time(on: day, after: moment, in: zone)
            {
                return time
            }
            day = CalendarDate(daysSinceEpoch: day.daysSinceEpoch + 1)
        }
        return nil
    }

    private func time(on day: CalendarDate, after moment: Timestamp, in zone: ScheduleZone) -> Timestamp? {
        for hour in hours {
            for minute in minutes {
                let seconds = day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60
                let time = zone.moment(ofWallTime: Timestamp(secondsSinceEpoch: Int64(seconds)))
                if let time, time > moment { return time }
            }
        }
        return nil
    }
}

// MARK: Reading

extension CronExpression {
    /// Sorted; `nil` when the field is not one.
    private static func numbers(_ field: String, _ range: ClosedRange<Int>, _ names: [String] = []) -> [Int]?
    {
        var found: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(halves.count), let base = span(halves[0], range, names) else { return nil }
            guard halves.count == 2 else {
                found.formUnion(base)
                continue
            }
            guard let step = Int(halves[1]), step >= 1, step <= range.upperBound else { return nil }
            // `5/15` goes on to the end, `5-20/15` to the end of the span.
            let end = halves[0].contains("-") ? base.upperBound : range.upperBound
            found.formUnion(stride(from: base.lowerBound, through: end, by: step))
        }
        return found.sorted()
    }

    /// `*`, `3` or `3-7`.
    private static func span(_ text: Substring, _ range: ClosedRange<Int>, _ names: [String]) -> ClosedRange<
        Int
    >? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), let first = number(ends[0], range, names),
            let last = number(ends[ends.count - 1], range, names), first <= last
        else { return nil }
        return first...last
    }

    private static func number(_ text: Substring, _ range: ClosedRange<Int>, _ names: [String]) -> Int? {
        let named = names.firstIndex(of: String(text)).map { $0 + range.lowerBound }
        guard let number = named ?? Int(text), range.contains(number) else { return nil }
        return number
    }

    private static func daysOfMonth(_ field: String) -> [DayOfMonth]? {
        if field == "L" { return [.last] }
        if field.hasSuffix("W") {
            return number(field.dropLast(), 1...31, []).map { [.workday(near: $0)] }
        }
        return numbers(field, 1...31)?.map { .day($0) }
    }

    private static func daysOfWeek(_ field: String) -> [DayOfWeek]? {
        if field == "L" { return [.day(7)] }
        if field.hasSuffix("L") { return number(field.dropLast(), 1...7, weekdayNames).map { [.last($0)] } }
        let parts = field.split(separator: "#", omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard let weekday = number(parts[0], 1...7, weekdayNames), let place = number(parts[1], 1...5, [])
            else { return nil }
            return [.numbered(place, of: weekday)]
        }
        return numbers(field, 1...7, weekdayNames)?.map { .day($0) }
    }
}

// MARK: Days

extension CronExpression.Days {
    fileprivate func contains(_ date: CalendarDate) -> Bool {
        switch self {
        case .month(let days): days.contains { $0.matches(date) }
        case .week(let days): days.contains { $0.matches(date) }
        }
    }
}

extension CronExpression.DayOfMonth {
    fileprivate func matches(_ date: CalendarDate) -> Bool {
        switch self {
        case .day(let day): date.day == day
        case .last: date.day == date.lastOfMonth
        case .workday(let day): date.day == Self.workday(near: day, in: date)
        }
    }

    private static func workday(near day: Int, in month: CalendarDate) -> Int? {
        guard let date = CalendarDate(year: month.year, month: month.month, day: day) else { return nil }
        switch date.weekday {
        case 7: return day == 1 ? 3 : day - 1
        case 1: return day == date.lastOfMonth ? day - 2 : day + 1
        default: return day
        }
    }
}

extension CronExpression.DayOfWeek {
    fileprivate func matches(_ date: CalendarDate) -> Bool {
        switch self {
        case .day(let weekday): date.weekday == weekday
        case .last(let weekday): date.weekday == weekday && date.day + 7 > date.lastOfMonth
        case .numbered(let place, let weekday):
            date.weekday == weekday && (date.day - 1) / 7 + 1 == place
        }
    }
}

extension CalendarDate {
    /// Sunday is 1.
    fileprivate var weekday: Int {
        // 1 January 1970 was a Thursday.
        ((daysSinceEpoch + 4) % 7 + 7) % 7 + 1
    }

    fileprivate var lastOfMonth: Int {
        (28...31).last { CalendarDate(year: year, month: month, day: $0) != nil } ?? 28
    }
}
