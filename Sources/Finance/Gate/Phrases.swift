/// What a phrase means to the gate.
enum Meaning: Sendable, Equatable {
    /// One of the things facts are about; the number counts distinct ones.
    case subject(Int)
    /// The household as a whole.
    case whole
    case concepts(Concepts)
    /// A name or a passage that is given: figures in it say nothing new.
    case given
    /// As ``given``, but only where nothing else stands: in a cell of its own.
    case givenAlone
    case boundary
    case change
    case upwards
    case downwards
    case approximately
    case nearly
    case moreThan
    case lessThan
    case partOfSpeech
}

/// Finds phrases in a row of tokens: of those that begin at a token the longest.
struct Phrases: Sendable {
    private struct Entry: Sendable {
        let rest: [UInt64]
        let meaning: Meaning
        /// Ticker symbols are words only in capitals.
        let isExact: Bool
    }

    private var entriesByFirst: [UInt64: [Entry]] = [:]
    /// One bit for some bits of each first word: most words of a text begin no phrase, and are told by this.
    private var firstBits = [UInt64](repeating: 0, count: 1 << (bitsOfPlace - 6))
    private static let bitsOfPlace: UInt64 = 14

    /// - Parameter isExact: Whether every word has to be in capitals.
    mutating func add(_ phrase: String, _ meaning: Meaning, isExact: Bool = false) {
        // A bar in a name is escaped where the name stands in a table.
        let bar = UInt8(ascii: "|")
        let bytes = VisibleText(phrase, isMarkdown: false).bytes.map { $0 == bar ? VisibleText.innerBar : $0 }
        let hashes = Lexer.tokens(in: bytes, 0..<bytes.count).map(\.hash)
        guard let first = hashes.first else { return }
        var entries = entriesByFirst[first] ?? []
        let entry = Entry(rest: Array(hashes.dropFirst()), meaning: meaning, isExact: isExact)
        let place = entries.firstIndex { $0.rest.count < entry.rest.count } ?? entries.count
        entries.insert(entry, at: place)
        entriesByFirst[first] = entries
        let (word, bit) = Self.place(of: first)
        firstBits[word] |= bit
    }

    private static func place(of hash: UInt64) -> (word: Int, bit: UInt64) {
        let bits = (hash ^ hash >> 33) & (1 << bitsOfPlace - 1)
        return (Int(bits >> 6), 1 << (bits & 63))
    }

    /// Adds a meaning only for a phrase nothing is known about yet.
    mutating func addIfNew(_ phrase: String, _ meaning: Meaning) {
        let bytes = VisibleText(phrase).bytes
        let tokens = Lexer.tokens(in: bytes, 0..<bytes.count)
        guard longest(tokens, at: 0)?.length != tokens.count else { return }
        add(phrase, meaning)
    }

    func longest(_ tokens: [Token], at index: Int) -> (meaning: Meaning, length: Int)? {
        let (word, bit) = Self.place(of: tokens[index].hash)
        guard firstBits[word] & bit != 0, let entries = entriesByFirst[tokens[index].hash] else {
            return nil
        }
        for entry in entries where index + entry.rest.count < tokens.count {
            var isSame = !entry.isExact || tokens[index].kind != .word || tokens[index].isAllCapital
            for (offset, hash) in entry.rest.enumerated() where isSame {
                isSame = tokens[index + 1 + offset].hash == hash
            }
            if isSame { return (entry.meaning, entry.rest.count + 1) }
        }
        return nil
    }

    /// Every meaning of the phrases from `index` on that are as long as the longest: the same name may stand
    /// for several accounts.
    func all(_ tokens: [Token], at index: Int, length: Int) -> [Meaning] {
        (entriesByFirst[tokens[index].hash] ?? []).filter { entry in
            entry.rest.count + 1 == length
                && entry.rest.enumerated().allSatisfy { tokens[index + 1 + $0.offset].hash == $0.element }
        }.map(\.meaning)
    }
}
