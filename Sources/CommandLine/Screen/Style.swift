/// Colours and bars of the terminal. Without a terminal, or with `NO_COLOR`, only the text.
package struct Style: Sendable {
    package enum Color: Int, Sendable {
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
        case magenta = 35
        case cyan = 36
        case gray = 90
    }

    package let isColored: Bool

    package init(isColored: Bool) { self.isColored = isColored }

    package func colored(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }

    package func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    /// - Parameter fraction: 0...1 of `width` characters, in eighths.
    package static func bar(_ fraction: Double, width: Int) -> String {
        let share = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        let eighths = Int((share * Double(width * 8)).rounded())
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + partial
    }

    package static func padded(_ text: String, _ width: Int) -> String {
        let shown = text.count > width ? String(text.prefix(max(0, width - 1))) + "…" : text
        return shown + String(repeating: " ", count: max(0, width - shown.count))
    }

    package static func rightAligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
