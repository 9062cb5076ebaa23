import Quantities
import Wire

/// When a schedule fires: `at(2026-11-20T13:00:00)`, `rate(2 hours)`, `cron(0 8 ? * MON-FRI *)`.
package enum ScheduleExpression: Sendable, Equatable {
    /// Once; what a clock on the wall shows then, written as if that were UTC.
    case at(Timestamp)
    case rate(Duration)
    case cron(CronExpression)

    static let characters = 1...256

    /// - Throws: `ValidationException`.
    package init(_ text: String) throws(ServiceFailure) {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { throw Self.invalid(text) }
        let content = text[text.index(after: open)...].dropLast()
        switch text[..<open] {
        case "at":
            guard content.utf8.count == 19, content.contains("T"), let moment = Timestamp(content) else {
                throw Self.invalid(text)
            }
            self = .at(moment)
        case "rate":
            guard let period = Self.period(content) else { throw Self.invalid(text) }
            self = .rate(period)
        case "cron":
            guard let cron = CronExpression(content) else { throw Self.invalid(text) }
            self = .cron(cron)
        default: throw Self.invalid(text)
        }
    }

    var isOnce: Bool { if case .at = self { true } else { false } }

    /// The first time after a moment; `nil` when there is none.
    ///
    /// - Parameter start: Where a rate begins to count: that is its first time.
    package func next(after moment: Timestamp, from start: Timestamp, in zone: ScheduleZone) -> Timestamp? {
        switch self {
        case .at(let wallTime):
            return zone.moment(ofWallTime: wallTime).flatMap { $0 > moment ? $0 : nil }
        case .rate(let period):
            guard moment >= start else { return start }
            let passed = Int((moment - start) / period)
            return start + period * (passed + 1)
        case .cron(let cron): return cron.next(after: moment, in: zone)
        }
    }

    private static func period(_ content: Substring) -> Duration? {
        let parts = content.split(separator: " ")
        guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count) else { return nil }
        switch parts[1] {
        case "minute", "minutes": return .seconds(60 * count)
        case "hour", "hours": return .seconds(3600 * count)
        case "day", "days": return .seconds(86_400 * count)
        default: return nil
        }
    }

    private static func invalid(_ text: String) -> ServiceFailure {
        .schedulerValidation("Invalid Schedule Expression \(text).")
    }
}
