/// How much a line of a log matters. The names are those of Lambda.
package enum LogLevel: String, Sendable, Comparable, CaseIterable {
    case trace
    case debug
    case info
    case warn
    case error
    case fatal

    /// In any case; `WARNING` and `CRITICAL`, as other runtimes say, count as well.
    package init?(word: some StringProtocol) {
        switch word.lowercased() {
        case "warning": self = .warn
        case "critical": self = .fatal
        case let word:
            guard let level = LogLevel(rawValue: word) else { return nil }
            self = level
        }
    }

    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
