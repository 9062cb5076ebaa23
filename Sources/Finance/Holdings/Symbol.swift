/// A ticker as exchanges write it: `BRK.B`, `SPY`.
///
/// 1...20 characters of `A-Z 0-9 . - ^ =`; lower case is raised. Anything else, in particular words that could steer a model, is refused.
package struct Symbol: Sendable, Hashable, Comparable, CustomStringConvertible {
    package static let lengthLimit = 20

    package let description: String

    package init?(_ text: some StringProtocol) {
        let raised = text.uppercased()
        guard (1...Self.lengthLimit).contains(raised.utf8.count), raised.utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        description = raised
    }

    package static func < (left: Symbol, right: Symbol) -> Bool { left.description < right.description }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
            UInt8(ascii: "-"),
            UInt8(ascii: "^"), UInt8(ascii: "="):
            true
        default: false
        }
    }
}
