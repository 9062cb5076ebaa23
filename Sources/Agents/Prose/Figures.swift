import Finance

/// Prints the figures a model refers to: `{{f:portfolio.total.usd}}` becomes `$12,346`, and
/// `{{f:a - f:b}}` what the two give.
///
/// The model never types a figure, so it cannot type a wrong one.
package struct Figures: Sendable {
    package let facts: FactTable
    /// Figures that may be typed all the same, because somebody else stated them: those of research notes.
    package let quotable: Set<String>

    package init(_ facts: FactTable, quoting texts: [String] = []) {
        self.facts = facts
        quotable = Set(texts.flatMap { Self.typedFigures(in: $0) })
    }

    package struct Printed: Sendable, Equatable {
        package var text = ""
        /// What references have calculated, where it stands in the text.
        package var derived: [Citation] = []
        /// Facts that are referred to, in order.
        package var sources: [Fact.ID] = []
        package var violations: [String] = []

        package init(violations: [String] = []) { self.violations = violations }
    }

    /// Text with its references printed, and what is wrong with it.
    package func printed(_ text: String) -> Printed {
        var printed = Printed()
        var free = ""
        for piece in Self.pieces(of: text) {
            switch piece {
            case .words(let words):
                printed.text += words
                free += words
            case .reference(let id):
                print(id, into: &printed)
                free += " "
            case .brokenReference(let words):
                printed.violations.append("`\(PromptText(words))` is not a reference to a fact")
            }
        }
        printed.violations += Self.typedFigures(in: free).filter { !quotable.contains($0) }.map {
            "the figure \($0) is typed by hand; refer to a fact by {{f:id}}, or do without it"
        }
        return printed
    }

    /// Facts that texts refer to, each once, in order.
    func sources(in texts: [String]) -> [Fact.ID] {
        var seen: Set<Fact.ID> = []
        return texts.flatMap { printed($0).sources }.filter { seen.insert($0).inserted }
    }

    private func print(_ reference: String, into printed: inout Printed) {
        if let fact = facts[reference] {
            printed.text += fact.proseText
            printed.sources.append(fact.id)
        } else if let derived = DerivedFigure(reference, facts) {
            let start = printed.text.utf8.count
            printed.text += derived.proseText
            printed.derived.append(Citation(range: start..<printed.text.utf8.count, source: reference))
            printed.sources += derived.ids
        } else {
            printed.violations.append("{{f:\(PromptText(reference))}} is not among the facts")
        }
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

    /// An id, or ids with signs between them; `f:` stands before the first and may stand before the others.
    private static func reference(_ inside: Substring) -> Piece {
        let words = inside.split(whereSeparator: \.isWhitespace)
        let ids = words.count == 2 && words[0] == "f:" ? [words[1]] : words
        let isMarked = words.first?.hasPrefix("f:") ?? false
        let names = ids.map { $0.hasPrefix("f:") ? $0.dropFirst(2) : $0 }.filter { !$0.isEmpty }
        guard isMarked, !names.isEmpty else { return .brokenReference("{{\(inside)}}") }
        return .reference(names.joined(separator: " "))
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
