import Quantities

/// What a story asserts, one after the other.
package struct StoryChecks: Sendable, Equatable {
    package struct Check: Sendable, Equatable {
        package let isMet: Bool
        /// As a sentence that is true when all is well.
        package let words: String
        /// What was found instead; empty when all is well.
        package let found: String
    }

    package private(set) var checks: [Check] = []

    package init() {}

    package var failures: [Check] { checks.filter { !$0.isMet } }

    /// - Parameter found: Read only when it is not met.
    package mutating func expect(_ isMet: Bool, _ words: String, _ found: @autoclosure () -> String = "") {
        checks.append(Check(isMet: isMet, words: words, found: isMet ? "" : found()))
    }

    package mutating func expect(_ amount: Decimal?, is wanted: Decimal?, _ words: String) {
        expect(
            amount != nil && amount == wanted, words,
            "found \(Self.dollars(amount)) instead of \(Self.dollars(wanted))")
    }

    private static func dollars(_ amount: Decimal?) -> String {
        amount.map { "$" + $0.text(fractionDigits: 2) } ?? "nothing"
    }

    package static func + (first: StoryChecks, second: StoryChecks) -> StoryChecks {
        var all = first
        all.checks += second.checks
        return all
    }
}
