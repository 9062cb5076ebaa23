import MiniLM

/// Cuts a text into passages that an embedding model reads whole.
///
/// Passages end at the end of a paragraph where that is near, else of a sentence, else of a word; each begins
/// some words before the end of the one before, so that nothing is torn from what it belongs to.
package struct PassageSplitter: Sendable {
    /// Words of a passage together, without the two tokens that begin and end a text.
    package static let tokensPerPassage = MiniLM.greatestTokens - 2
    /// How much of a passage stands at the beginning of the next.
    package static let overlapTokens = 40
    /// A passage may end at a paragraph or a sentence that leaves it at least this full.
    static let fewestTokens = tokensPerPassage * 2 / 3

    /// How many tokens a word makes, one between white space; words do not change each other's number.
    private let tokens: @Sendable (Substring) -> Int

    package init(tokens: @escaping @Sendable (Substring) -> Int) {
        self.tokens = tokens
    }

    /// - Returns: At least one passage for a text that is not blank. Together they hold every word.
    package func passages(of text: String) -> [String] {
        let words = words(of: text)
        var passages: [String] = []
        var start = 0
        while start < words.count {
            let end = end(of: words, from: start)
            passages.append(Self.text(words[start..<end], in: text))
            guard end < words.count else { break }
            start = beginning(of: words, after: start, before: end)
        }
        return passages
    }

    /// A word, or a piece of one that alone is too long.
    struct Word: Equatable {
        var range: Range<String.Index>
        var tokens: Int
        var endsSentence = false
        var endsParagraph = false
    }

    func words(of text: String) -> [Word] {
        var words: [Word] = []
        var index = text.startIndex
        while index < text.endIndex {
            guard !text[index].isWhitespace else {
                if text[index].isNewline, let last = words.indices.last {
                    // A line break may be a list, two surely end a paragraph.
                    let gap = text[words[last].range.upperBound...index]
                    if gap.filter(\.isNewline).count > 1 { words[last].endsParagraph = true }
                    words[last].endsSentence = true
                }
                index = text.index(after: index)
                continue
            }
            let end = text[index...].firstIndex(where: \.isWhitespace) ?? text.endIndex
            words += pieces(of: text[index..<end])
            index = end
        }
        return words
    }

    /// Scripts that write without spaces, and what is no word at all, are cut where the model's room ends.
    private func pieces(of word: Substring) -> [Word] {
        let count = tokens(word)
        guard count > Self.tokensPerPassage / 4 else {
            return [
                Word(
                    range: word.startIndex..<word.endIndex, tokens: count,
                    endsSentence: Self.sentenceEnds.contains(word.last ?? " "))
            ]
        }
        guard word.count > 1 else {
            return [Word(range: word.startIndex..<word.endIndex, tokens: min(count, Self.tokensPerPassage))]
        }
        let middle = word.index(word.startIndex, offsetBy: word.count / 2)
        return pieces(of: word[..<middle]) + pieces(of: word[middle...])
    }

    private static let sentenceEnds: Set<Character> = [".", "!", "?", "。", "！", "？", "؟", "।"]

    private func end(of words: [Word], from start: Int) -> Int {
        var count = 0
        var end = start
        var (sentence, paragraph): (Int?, Int?) = (nil, nil)
        while end < words.count, count + words[end].tokens <= Self.tokensPerPassage {
            count += words[end].tokens
            end += 1
            guard count >= Self.fewestTokens else { continue }
            if words[end - 1].endsParagraph { paragraph = end }
            if words[end - 1].endsSentence { sentence = end }
        }
        guard end < words.count else { return end }
        // Something that fits into no passage is a passage of its own.
        return paragraph ?? sentence ?? max(end, start + 1)
    }

    private func beginning(of words: [Word], after start: Int, before end: Int) -> Int {
        var count = 0
        var beginning = end
        while beginning - 1 > start, count + words[beginning - 1].tokens <= Self.overlapTokens {
            beginning -= 1
            count += words[beginning].tokens
        }
        return beginning
    }

    private static func text(_ words: ArraySlice<Word>, in text: String) -> String {
        guard let first = words.first, let last = words.last else { return "" }
        return String(text[first.range.lowerBound..<last.range.upperBound])
    }
}
