/// A ticker as exchanges write it: `BRK.B`, `SPY`.
///
/// 1...20 characters of `A-Z 0-9 . - ^ =`; lower case is raised. Anything else, in particular words that
/// could steer a model, is refused.
package struct Symbol: Sendable, Hashable, Comparable, CustomStringConvertible {
    package static let lengthLimit = 20

    package let description: String

    package init?(_ text: some StringProtocol) {
        guard (1...Self.lengthLimit).contains(text.utf8.count) else { return nil }
        // Byte by byte: Unicode's upper case turns some letters that no ticker has, such as a sharp s, into
        // ones that it has.
        let raised = text.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
        guard raised.allSatisfy(Self.isAllowed) else { return nil }
        description = String(decoding: raised, as: UTF8.self)
    }

    package static func < (left: Symbol, right: Symbol) -> Bool { left.description < right.description }

    /// `AAPL, MSFT`; of many the first ones, and that there are others.
    package static func list(_ symbols: [Symbol]) -> String {
        let named = symbols.prefix(mostListed).map(\.description).joined(separator: ", ")
        return symbols.count > mostListed ? "\(named) and others" : named
    }

    /// Symbols one sentence names.
    private static let mostListed = 10

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
