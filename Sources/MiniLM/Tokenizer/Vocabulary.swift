/// The pieces of words a model knows, found by their UTF-8 bytes.
///
/// Bytes, not `String`: two strings are equal in Swift when they look alike (canonical equivalence), two
/// pieces only when they are the same.
struct Vocabulary: Sendable {
    /// Of the tokens with a role of their own.
    let padding: Int32, unknown: Int32, start: Int32, end: Int32, mask: Int32
    /// How many pieces there are.
    let count: Int
    /// The longest piece, in bytes, without `##`.
    let longestPieceBytes: Int

    private let bytes: [UInt8]
    /// Where each piece lies in ``bytes``.
    private let ranges: [Range<Int32>]
    /// An open hash table: the piece of each slot, or -1. Its size is a power of two.
    private let slots: [Int32]

    /// What a piece inside a word begins with.
    static let continuation = Array("##".utf8)
    /// Of any vocabulary this room reads; BERT's has 30 522.
    static let greatestCount = 1 << 20

    /// - Parameter text: One piece a line; the number of the line, from 0, is its id. Source: `vocab.txt`
    ///   of BERT.
    /// - Throws: ``MiniLMFailure/badVocabulary(reason:)``.
    init(_ text: [UInt8]) throws(MiniLMFailure) {
        bytes = text
        ranges = try Self.lines(of: text)
        count = ranges.count
        var slots = [Int32](repeating: -1, count: Self.tableSize(for: ranges.count))
        var longest = 0
        for (id, range) in ranges.enumerated() {
            let piece = text[Int(range.lowerBound)..<Int(range.upperBound)]
            var slot = Int(truncatingIfNeeded: PieceHash(piece).value) & (slots.count - 1)
            while slots[slot] >= 0 {
                let other = ranges[Int(slots[slot])]
                if text[Int(other.lowerBound)..<Int(other.upperBound)].elementsEqual(piece) {
                    throw .badVocabulary(
                        reason: "line \(id + 1) says \(String(decoding: piece, as: UTF8.self)) again")
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            slots[slot] = Int32(id)
            longest = max(longest, piece.count - (piece.starts(with: Self.continuation) ? 2 : 0))
        }
        self.slots = slots
        longestPieceBytes = longest
        padding = try Self.id("[PAD]", text, ranges, slots)
        unknown = try Self.id("[UNK]", text, ranges, slots)
        start = try Self.id("[CLS]", text, ranges, slots)
        end = try Self.id("[SEP]", text, ranges, slots)
        mask = try Self.id("[MASK]", text, ranges, slots)
    }

    /// - Parameters:
    ///   - hash: Of the piece, with `##` where it continues a word.
    ///   - piece: Without `##`.
    func id(_ hash: PieceHash, _ piece: UnsafeBufferPointer<UInt8>, continuesWord: Bool) -> Int32? {
        let prefix = continuesWord ? Self.continuation.count : 0
        var slot = Int(truncatingIfNeeded: hash.value) & (slots.count - 1)
        while slots[slot] >= 0 {
            let range = ranges[Int(slots[slot])]
            let start = Int(range.lowerBound)
            if range.count == prefix + piece.count, !continuesWord || isContinuation(at: start),
                (0..<piece.count).allSatisfy({ bytes[start + prefix + $0] == piece[$0] })
            {
                return slots[slot]
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isContinuation(at start: Int) -> Bool {
        bytes[start] == Self.continuation[0] && bytes[start + 1] == Self.continuation[1]
    }

    private static func lines(of text: [UInt8]) throws(MiniLMFailure) -> [Range<Int32>] {
        guard text.count < Int(Int32.max) else { throw .badVocabulary(reason: "it has 2 GiB or more") }
        var ranges: [Range<Int32>] = []
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            guard end > start else { throw .badVocabulary(reason: "line \(ranges.count + 1) is empty") }
            guard ranges.count < greatestCount else {
                throw .badVocabulary(reason: "it has more than \(greatestCount) lines")
            }
            ranges.append(Int32(start)..<Int32(end))
            start = end + 1
        }
        return ranges
    }

    /// At most half of the slots are taken, so that a search ends.
    private static func tableSize(for count: Int) -> Int {
        var size = 16
        while size < 2 * count { size *= 2 }
        return size
    }

    private static func id(_ piece: String, _ text: [UInt8], _ ranges: [Range<Int32>], _ slots: [Int32])
        throws(MiniLMFailure) -> Int32
    {
        let bytes = Array(piece.utf8)
        var slot = Int(truncatingIfNeeded: PieceHash(bytes).value) & (slots.count - 1)
        while slots[slot] >= 0 {
            let range = ranges[Int(slots[slot])]
            if text[Int(range.lowerBound)..<Int(range.upperBound)].elementsEqual(bytes) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        throw .badVocabulary(reason: "\(piece) is missing")
    }
}

/// FNV-1a over the bytes of a piece, which grows with the piece.
///
/// Source: Fowler, Noll and Vo, "The FNV Non-Cryptographic Hash Algorithm", 64 bits. Folded in the end,
/// because a table looks at low bits.
struct PieceHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    init(_ bytes: some Sequence<UInt8> = []) { for byte in bytes { add(byte) } }

    var value: UInt64 { state ^ (state >> 32) }

    mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
}
