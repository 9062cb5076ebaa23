/// Text that somebody else wrote, as it can stand inside Markdown: nothing in it is markup, and no address
/// becomes a link.
///
/// Back-slashes stand only where Markdown would act: `S&P 500` and `Amazon.com` stay as they are.
package struct EscapedText: Sendable, CustomStringConvertible {
    package let description: String

    /// - Parameter beginsLine: Whether it may stand where a heading or a list can begin; not so in a cell.
    package init(_ text: String, beginsLine: Bool = true) {
        let characters = Array(PromptText(text).description)
        var result = ""
        for index in characters.indices {
            if Self.isMarkup(characters, at: index) || beginsLine && index == 0 && Self.begins(characters[0])
            {
                result.append("\\")
            }
            result.append(characters[index])
        }
        description = result
    }

    private static func isMarkup(_ characters: [Character], at index: Int) -> Bool {
        let next = index + 1 < characters.count ? characters[index + 1] : " "
        let last = index > 0 ? characters[index - 1] : " "
        switch characters[index] {
        case "|", "`", "[", "]", "*", "~", "\\": return true
        // Inside a word an underscore is a letter.
        case "_": return !(isWord(last) && isWord(next))
        case "<": return isWord(next) || next == "/" || next == "!" || next == "?"
        // `&amp;` is a character, `S&P` is not.
        case "&": return isEntity(characters[(index + 1)...])
        // Viewers make links of bare addresses.
        case "/": return last == ":"
        case "@": return isWord(last) && isWord(next)
        case ".": return isWord(next) && isAfterWWW(characters[..<index])
        default: return false
        }
    }

    /// What begins a heading, a quotation or a list begins one inside a list, too.
    private static func begins(_ character: Character) -> Bool { "#>+-".contains(character) }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    private static func isEntity(_ rest: ArraySlice<Character>) -> Bool {
        let name = rest.prefix { isWord($0) || $0 == "#" }
        return !name.isEmpty && rest.dropFirst(name.count).first == ";"
    }

    private static func isAfterWWW(_ before: ArraySlice<Character>) -> Bool {
        before.suffix(3).allSatisfy { $0 == "w" || $0 == "W" } && before.count >= 3
    }
}
