import Finance

/// Text that somebody else wrote - an account name, an instrument name, a research note - made safe to
/// show to a model.
///
/// Control, bidirectional and zero-width characters are dropped, letters that only look different are those
/// they stand for, accents do not pile up, white space is one blank, quotes and braces that open a fence or a
/// figure are taken apart, and the length is limited. The text stays data: it cannot end the block it travels
/// in, and it cannot refer to a figure.
package struct PromptText: Sendable, Hashable, CustomStringConvertible {
    package static let nameLimitCharacters = 120
    package static let noteLimitCharacters = 2000
    package static let truncationMark = "…"

    package let description: String
    package let isTruncated: Bool

    package init(_ text: String, limitCharacters: Int = nameLimitCharacters) {
        var clean = String.UnicodeScalarView()
        // A character may consist of very many scalars, so both are limited.
        var budgetScalars = 4 * limitCharacters - 1
        var isCut = false
        var marks = 0
        for scalar in text.unicodeScalars where !Self.isHidden(scalar) {
            guard budgetScalars > 0 else {
                isCut = true
                break
            }
            let scalar = Self.isSpace(scalar) ? " " : scalar
            if scalar == " " && (clean.last == " " || clean.isEmpty) { continue }
            marks = Self.isMark(scalar) ? marks + 1 : 0
            if marks > Self.mostMarks { continue }
            budgetScalars -= 1
            guard let plain = PlainLetters.ascii(of: scalar) else {
                clean.append(Self.harmless(scalar, after: clean.last))
                continue
            }
            for letter in plain.unicodeScalars { clean.append(Self.harmless(letter, after: clean.last)) }
        }
        while clean.last == " " { clean.removeLast() }
        let whole = String(clean)
        isTruncated = isCut || whole.count > limitCharacters
        description = isTruncated ? whole.prefix(limitCharacters - 1) + Self.truncationMark : whole
    }

    /// Accents one letter may carry: scripts that people write need no more.
    private static let mostMarks = 3

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Text of several lines, each made safe like a name.
    package static func lines(_ text: String, limitCharacters: Int) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            PromptText(String($0), limitCharacters: limitCharacters).description
        }
        return String(lines.joined(separator: "\n").prefix(limitCharacters))
    }

    /// Characters that carry no meaning for a reader but may hide one: control and format characters,
    /// private use, tags.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if isSpace(scalar) { return false }
        if scalar == "\u{FFFD}" || scalar.properties.isDefaultIgnorableCodePoint { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: return true
        default: return false
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    /// `{{` would refer to a figure and a back-tick would end the fence.
    private static func harmless(_ scalar: Unicode.Scalar, after last: Unicode.Scalar?) -> Unicode.Scalar {
        switch scalar {
        case "`": "'"
        case "{" where last == "{" || last == "(": "("
        case "}" where last == "}" || last == ")": ")"
        default: scalar
        }
    }
}
