// Foundation knows the time zones.
import Foundation
import Quantities

/// A time zone of the IANA database, in which a schedule's expression is meant.
package struct ScheduleZone: Sendable, Hashable {
    package static let utc = ScheduleZone(name: "UTC", zone: nil)

    package let name: String
    /// `nil` is UTC.
    private let zone: Foundation.TimeZone?

    private init(name: String, zone: Foundation.TimeZone?) {
        self.name = name
        self.zone = zone
    }

    /// `nil` for a name that is not known here.
    package init?(_ name: String) {
        if name == "UTC" {
            self = .utc
        } else {
            // Names alone: Foundation would also read `GMT+3`. Its list lacks names that have become others'.
            guard let zone = Foundation.TimeZone(identifier: name), zone.identifier == name,
                name.contains("/") || Foundation.TimeZone.knownTimeZoneIdentifiers.contains(name)
            else { return nil }
            self.init(name: name, zone: zone)
        }
    }

    /// What a clock on the wall shows, written as if that were UTC.
    func wallTime(at moment: Timestamp) -> Timestamp { moment + offset(at: moment) }

    /// The moment at which a clock on the wall shows this time; the first one where it is set back, and `nil`
    /// where it jumps over the time.
    func moment(ofWallTime wallTime: Timestamp) -> Timestamp? {
        let day = Duration.seconds(86_400)
        let candidates = [wallTime - day, wallTime + day].map { wallTime - offset(at: $0) }
        return candidates.filter { self.wallTime(at: $0) == wallTime }.min()
    }

    private func offset(at moment: Timestamp) -> Duration {
        guard let zone else { return .zero }
        let date = Foundation.Date(timeIntervalSince1970: Double(moment.secondsSinceEpoch))
        return .seconds(zone.secondsFromGMT(for: date))
    }
}
