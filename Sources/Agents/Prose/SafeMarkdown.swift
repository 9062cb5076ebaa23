/// Markdown as a model wrote it, reduced to what may be shown: no thinking aloud, no images, no links, no
/// HTML, no code fences.
///
/// Somebody's instrument name may have talked the model into an image whose address carries the
/// household's figures to a stranger;
/// here it ends.
package struct SafeMarkdown: Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ text: String) {
        var lines = Self.withoutThoughts(Self.visible(text)).split(
            separator: "\n", omittingEmptySubsequences: false
        ).filter { !Self.isFence($0) && !Self.isLinkDefinition($0) }.map { line in
            Self.withoutAddresses(Self.disarmed(Self.withoutTags(Self.withoutLinks(Array(line)))))
        }
        while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        description = lines.joined(separator: "\n")
    }

    package var isEmpty: Bool { description.isEmpty }

    private static let linkMark = "(link removed)"

    private static func visible(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar == "\n" || !PromptText.isHidden(scalar) {
            scalars.append(scalar != "\n" && PromptText.isSpace(scalar) ? " " : scalar)
        }
        return String(scalars)
    }

    // MARK: Thinking aloud

    private static let thoughtTags = [
        "thinking", "think", "thought", "reasoning", "scratchpad", "reflection",
    ]

    /// Drops `<thinking>...</thinking>`; to the end when it is never closed, from the start when it was
    /// never opened.
    private static func withoutThoughts(_ text: String) -> String {
        guard text.contains("<" as Character) else { return text }
        var rest = Array(text)
        for tag in thoughtTags {
            let open = Array("<\(tag)>")
            let close = Array("</\(tag)>")
            while let end = position(of: close, in: rest) {
                let start = position(of: open, in: rest).flatMap { $0 < end ? $0 : nil } ?? 0
                rest.removeSubrange(start..<end + close.count)
            }
            if let start = position(of: open, in: rest) { rest.removeSubrange(start...) }
        }
        return String(rest)
    }

    private static func position(of word: [Character], in text: [Character]) -> Int? {
        guard text.count >= word.count else { return nil }
        return (0...text.count - word.count).first { start in
            zip(text[start...], word).allSatisfy(isSame)
        }
    }

    /// - Parameter small: A character of a word in lower case.
    private static func isSame(_ character: Character, _ small: Character) -> Bool {
        character == small || character.isUppercase && character.lowercased() == String(small)
    }

    // MARK: Links, images and tags

    private static func isFence(_ line: Substring) -> Bool {
        let start = line.drop { $0.isWhitespace }
        return start.hasPrefix("```") || start.hasPrefix("~~~")
    }

    /// `[name]: address`
    private static func isLinkDefinition(_ line: Substring) -> Bool {
        let start = line.drop { $0.isWhitespace }
        guard start.hasPrefix("["), let end = start.firstIndex(of: "]") else { return false }
        return start[start.index(after: end)...].hasPrefix(":")
    }

    /// `![alt](address)` is dropped, of `[text](address)` and `[text][name]` the text stays.
    private static func withoutLinks(_ line: [Character]) -> [Character] {
        var result: [Character] = []
        var index = 0
        while index < line.count {
            let isImage = line[index] == "!" && index + 1 < line.count && line[index + 1] == "["
            let open = isImage ? index + 1 : index
            if line[open] == "[", let link = link(in: line, at: open) {
                if !isImage { result += link.text }
                index = link.end
            } else {
                result.append(line[index])
                index += 1
            }
        }
        return result
    }

    private static func link(in line: [Character], at open: Int) -> (text: ArraySlice<Character>, end: Int)? {
        guard let close = line[open...].firstIndex(of: "]"), close + 1 < line.count else { return nil }
        let target: Character
        switch line[close + 1] {
        case "(": target = ")"
        case "[": target = "]"
        default: return nil
        }
        guard let end = line[(close + 2)...].firstIndex(of: target) else { return nil }
        return (line[(open + 1)..<close], end + 1)
    }

    private static func withoutTags(_ line: [Character]) -> [Character] {
        var result: [Character] = []
        var index = 0
        while index < line.count {
            if isTagStart(line, at: index) {
                index = (line[index...].firstIndex(of: ">") ?? line.count - 1) + 1
            } else {
                result.append(line[index])
                index += 1
            }
        }
        return result
    }

    private static func isTagStart(_ line: [Character], at index: Int) -> Bool {
        guard line[index] == "<", index + 1 < line.count else { return false }
        let next = line[index + 1]
        return next.isLetter || next == "/" || next == "!" || next == "?"
    }

    /// Whatever nesting may have left over cannot become a link or a tag.
    private static func disarmed(_ line: [Character]) -> String {
        var result = ""
        for (index, character) in line.enumerated() {
            if character == "<" && isTagStart(line, at: index) {
                result += "&lt;"
                continue
            }
            if result.last == "]" && (character == "(" || character == "[" || character == ":") {
                result += " "
            }
            result.append(character)
        }
        return result
    }

    /// A viewer makes links of bare addresses, too.
    private static func withoutAddresses(_ line: String) -> String {
        line.split(separator: " ", omittingEmptySubsequences: false).map { word in
            isAddress(word) ? linkMark : String(word)
        }.joined(separator: " ")
    }

    private static func isAddress(_ word: Substring) -> Bool {
        guard word.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) else {
            return false
        }
        let lower = Array(word.lowercased())
        return ["://", "www.", "mailto:", "javascript:", "data:"].contains {
            position(of: Array($0), in: lower) != nil
        }
    }
}
