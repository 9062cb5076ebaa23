/// What one check of the evaluation came to.
struct Finding: Sendable {
    let check: String
    /// What was looked at, in words: `1234 figures`.
    let extent: String
    let failures: [String]
    /// Failures that are still good enough.
    var allowed = 0

    var passes: Bool { failures.count <= allowed }

    /// Failures printed one by one.
    private static let mostPrinted = 12

    var lines: [String] {
        let state = passes ? "ok  " : "FAIL"
        let count = failures.isEmpty ? "" : ", \(failures.count) failed"
        let rest = failures.count > Self.mostPrinted ? ["       ... and more"] : []
        return ["\(state)  \(check): \(extent)\(count)"]
            + failures.prefix(Self.mostPrinted).map { "       \($0)" } + rest
    }
}
