/// Colours, columns and bars of the terminal. Without a terminal, or with `NO_COLOR`, only the text.
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

    package static let defaultWidth = 80
    /// Longer lines are hard to read.
    static let widths = 60...120

    package let isColored: Bool
    /// Columns a line may take.
    let width: Int

    package init(isColored: Bool, width: Int = defaultWidth) {
        self.isColored = isColored
        self.width = width
    }

    package func colored(_ text: String, _ color: Color) -> String {
        isColored ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }

    package func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[22m" : text }

    func italic(_ text: String) -> String { isColored ? "\u{1B}[3m\(text)\u{1B}[23m" : text }

    /// - Parameter fraction: 0...1 of `width` characters, in eighths. What is more than nothing is seen.
    package static func bar(_ fraction: Double, width: Int) -> String {
        let share = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        let eighths = Int((share * Double(width * 8)).rounded())
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        let seen = fraction > 0 ? max(1, eighths) : eighths
        return String(repeating: "█", count: seen / 8) + partial[seen % 8]
    }

    package static func padded(_ text: String, _ width: Int) -> String {
        let shown = DisplayWidth.clipped(text, to: width)
        return shown + String(repeating: " ", count: max(0, width - DisplayWidth.of(shown)))
    }

    package static func rightAligned(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - DisplayWidth.of(text))) + text
    }
}
