/// Drops what a model thinks aloud: reasoning it writes into the text, between two marks.
struct ThinkingAloud {
    private let opening: [UInt8]
    private let closing: [UInt8]
    /// Whether thoughts may come after the first word.
    private let isAnywhere: Bool
    /// What may be the beginning of a mark.
    private var held: [UInt8] = []
    private var isThinking = false
    private(set) var hasThought = false
    private var hasSpoken = false

    /// As Amazon Nova does.
    static var nova: ThinkingAloud { ThinkingAloud("<thinking>", "</thinking>", isAnywhere: true) }
    /// As models do whose server does not tell reasoning from text.
    static var think: ThinkingAloud { ThinkingAloud("<think>", "</think>", isAnywhere: false) }

    private init(_ opening: String, _ closing: String, isAnywhere: Bool) {
        self.opening = Array(opening.utf8)
        self.closing = Array(closing.utf8)
        self.isAnywhere = isAnywhere
    }

    /// A whole text without its thoughts, and without the white space around what is left. A thought that is
    /// not closed goes to the end: the reply was cut off while thinking.
    func removed(from text: String) -> String {
        var thinking = self
        let spoken = thinking.receive(text) + thinking.finish()
        return thinking.hasThought ? Self.trimmed(spoken) : text
    }

    /// - Returns: What can be said of a piece of text so far; a mark may be cut in any place.
    mutating func receive(_ text: String) -> String {
        var rest = (held + Array(text.utf8))[...]
        var spoken: [UInt8] = []
        held = []
        while !rest.isEmpty {
            if !isThinking && hasSpoken && !isAnywhere {
                spoken += rest
                break
            }
            let mark = isThinking ? closing : opening
            guard let start = Self.position(of: mark, in: rest) else {
                let kept = Self.beginning(of: mark, atEndOf: rest)
                if !isThinking { say(rest.dropLast(kept), &spoken) }
                held = Array(rest.suffix(kept))
                break
            }
            if !isThinking { say(rest[..<start], &spoken) }
            rest = rest[start...]
            if !isThinking && hasSpoken && !isAnywhere { continue }
            rest = rest.dropFirst(mark.count)
            isThinking.toggle()
            hasThought = true
        }
        return String(decoding: spoken, as: UTF8.self)
    }

    /// What is left when no more text comes.
    mutating func finish() -> String {
        defer { held = [] }
        return isThinking ? "" : String(decoding: held, as: UTF8.self)
    }

    private mutating func say(_ words: ArraySlice<UInt8>, _ spoken: inout [UInt8]) {
        let firstWord = words.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        // After a thought nothing is said before the first word.
        spoken += hasThought && !hasSpoken ? firstWord : words
        hasSpoken = hasSpoken || !firstWord.isEmpty
    }

    private static func position(of word: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        text.indices.first { text[$0...].starts(with: word) }
    }

    /// How many bytes at the end of the text the word may begin with.
    private static func beginning(of word: [UInt8], atEndOf text: ArraySlice<UInt8>) -> Int {
        let longest = min(word.count - 1, text.count)
        return stride(from: longest, to: 0, by: -1).first { text.suffix($0).elementsEqual(word.prefix($0)) }
            ?? 0
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
