/// How many columns text takes on a terminal: two for East Asian and pictures, none for combining marks.
package enum DisplayWidth {
    package static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

    static func of(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.properties.generalCategory == .nonspacingMark
            || scalar.properties.isDefaultIgnorableCodePoint
        {
            return 0
        }
        let isPicture = character.unicodeScalars.contains { $0 == "\u{FE0F}" }
        return isPicture || wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// East Asian wide and full-width blocks, and the pictures. Source: Unicode Standard Annex 11.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
        0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]

    /// The beginning of a text that fits, with an ellipsis where something is left out.
    static func clipped(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var result = ""
        var left = width - 1
        for character in text {
            left -= of(character)
            guard left >= 0 else { break }
            result.append(character)
        }
        return width > 0 ? result + "…" : ""
    }
}
