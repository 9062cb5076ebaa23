/// A length of time as it is typed: `90s`, `10m`, `2h`, `1d`.
package struct TypedDuration: Sendable, Equatable {
    package let duration: Duration

    /// `nil` for anything else, also for more than ``longest``.
    package init?(_ text: some StringProtocol) {
        guard let unit = text.last, let seconds = Self.secondsByUnit[unit],
            let count = Int64(text.dropLast()), count > 0, text.first?.isNumber == true,
            count <= Self.longest / seconds
        else { return nil }
        duration = .seconds(count * seconds)
    }

    package init(minutes: Int) { duration = .seconds(minutes * 60) }

    /// A year, in seconds.
    private static let longest: Int64 = 366 * 86_400
    private static let secondsByUnit: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
}
