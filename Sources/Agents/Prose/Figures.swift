/// Prints the figures a model refers to: `{{f:total.value}}` becomes `$12,345.67`.
///
/// The model never types a figure, so it cannot type a wrong one.
package struct Figures: Sendable {
    /// What is printed, by the fact's id: value and unit.
    package let textByID: [String: String]
    /// Figures that may be typed all the same, because somebody else stated them: those of research notes.
    package let quotable: Set<String>

    package init(textByID: [String: String], quoting texts: [String] = []) {
        self.textByID = textByID
        quotable = Set(texts.flatMap { Self.typedFigures(in: $0) })
    }

    /// Text with its references printed, and what is wrong with it.
    package func printed(_ text: String) -> (text: String, violations: [String]) {
        var result = ""
        var free = ""
        var violations: [String] = []
        for piece in Self.pieces(of: text) {
            switch piece {
            case .words(let words):
                result += words
                free += words
            case .reference(let id):
                if let figure = textByID[id] {
                    result += figure
                } else {
                    violations.append("{{f:\(PromptText(id))}} is not among the facts")
                }
                free += " "
            case .brokenReference(let words):
                violations.append("`\(PromptText(words))` is not a reference to a fact")
            }
        }
        violations += Self.typedFigures(in: free).filter { !quotable.contains($0) }.map {
            "the figure \($0) is typed by hand; refer to a fact by {{f:id}}, or do without it"
        }
        return (result, violations)
    }

    enum Piece: Equatable {
        case words(String)
        case reference(String)
        case brokenReference(String)
    }

    static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var words = ""
        var rest = Substring(text)
        while let character = rest.first {
            guard rest.hasPrefix("{{") else {
                words.append(character)
                rest.removeFirst()
                continue
            }
            if !words.isEmpty { pieces.append(.words(words)) }
            words = ""
            let inside = rest.dropFirst(2).prefix { $0 != "}" && $0 != "\n" }
            let after = rest[inside.endIndex...]
            rest = after.hasPrefix("}}") ? after.dropFirst(2) : after
            pieces.append(after.hasPrefix("}}") ? reference(inside) : .brokenReference("{{" + inside))
        }
        if !words.isEmpty { pieces.append(.words(words)) }
        return pieces
    }

    private static func reference(_ inside: Substring) -> Piece {
        let name = inside.filter { !$0.isWhitespace }
        guard name.hasPrefix("f:"), name.count > 2 else { return .brokenReference("{{\(inside)}}") }
        return .reference(String(name.dropFirst(2)))
    }

    /// Money and percentages written as digits: `$5,000`, `63.4%`, `7 percent`.
    static func typedFigures(in text: String) -> [String] {
        let characters = Array(text)
        var figures: [String] = []
        var index = 0
        while index < characters.count {
            guard isDigit(characters[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < characters.count, isPartOfNumber(characters, at: index) { index += 1 }
            let number = String(characters[start..<index])
            let before = characters[..<start].last { $0 != " " }
            let after = characters[index...].drop { $0 == " " }
            if before == "$" || before == "€" || before == "£" {
                figures.append("\(before ?? "$")\(number)")
            } else if after.first == "%" || isWord(after, "percent") {
                figures.append("\(number)%")
            } else if isWord(after, "dollars") || isWord(after, "usd") {
                figures.append("$\(number)")
            }
        }
        return figures
    }

    private static func isPartOfNumber(_ characters: [Character], at index: Int) -> Bool {
        if isDigit(characters[index]) { return true }
        guard characters[index] == "." || characters[index] == "," else { return false }
        return index + 1 < characters.count && isDigit(characters[index + 1])
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    private static func isWord(_ characters: ArraySlice<Character>, _ word: String) -> Bool {
        String(characters.prefix(word.count)).lowercased() == word
    }
}
