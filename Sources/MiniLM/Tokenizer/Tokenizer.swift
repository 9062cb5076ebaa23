/// Cuts a text into the pieces of BERT's uncased vocabulary (WordPiece).
///
/// Source: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2018; the borders of
/// words as in Hugging Face's `tokenizers`, with which `Tests/Fixtures/minilm/` was made.
package struct Tokenizer: Sendable {
    let vocabulary: Vocabulary

    /// Scalars of a word; a longer one is `[UNK]`.
    static let greatestWordScalars = 100

    /// - Parameter vocabulary: One piece a line: BERT's `vocab.txt`.
    /// - Throws: ``MiniLMFailure/badVocabulary(reason:)``.
    package init(vocabulary: [UInt8]) throws(MiniLMFailure) {
        self.vocabulary = try Vocabulary(vocabulary)
    }

    /// All pieces, without `[CLS]` and `[SEP]`; there is no limit.
    package func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var start = text.startIndex
        var offset = 0
        while start < text.endIndex {
            let special = nextSpecial(in: text, from: start)
            let words = text[start..<(special?.start ?? text.endIndex)]
            append(words, at: offset, to: &tokens)
            offset += words.utf8.count
            guard let special else { break }
            tokens.append(Token(id: special.id, utf8Range: offset..<offset + special.count))
            offset += special.count
            start = text.utf8.index(special.start, offsetBy: special.count)
        }
        return tokens
    }

    /// Of ``tokens(of:)``.
    package func count(of text: String) -> Int { tokens(of: text).count }

    /// With `[CLS]` and `[SEP]`, at most ``MiniLM/greatestTokens``.
    package func input(of text: String) -> ModelInput {
        let tokens = tokens(of: text)
        let kept = tokens.prefix(MiniLM.greatestTokens - 2)
        return ModelInput(
            ids: [vocabulary.start] + kept.map(\.id) + [vocabulary.end], isCut: kept.count < tokens.count)
    }

    // MARK: Special tokens

    private struct Special {
        let id: Int32
        let start: String.Index
        /// Bytes.
        let count: Int
    }

    /// A text may spell a special token; the model's own tokenizer then reads it as that token.
    private func nextSpecial(in text: String, from start: String.Index) -> Special? {
        let bytes = text.utf8
        var search = start
        while let bracket = bytes[search...].firstIndex(of: UInt8(ascii: "[")) {
            for (name, id) in specials where bytes[bracket...].starts(with: name.utf8) {
                return Special(id: id, start: bracket, count: name.utf8.count)
            }
            search = bytes.index(after: bracket)
        }
        return nil
    }

    private var specials: [(name: String, id: Int32)] {
        [
            ("[PAD]", vocabulary.padding), ("[UNK]", vocabulary.unknown), ("[CLS]", vocabulary.start),
            ("[SEP]", vocabulary.end), ("[MASK]", vocabulary.mask),
        ]
    }

    // MARK: Words

    private func append(_ text: Substring, at offset: Int, to tokens: inout [Token]) {
        if text.isEmpty { return }
        let clean = CleanText(text.unicodeScalars, startingAt: offset)
        var word = Word()
        for (scalar, origin) in zip(clean.scalars, clean.origins) {
            if scalar.properties.isWhitespace {
                append(&word, to: &tokens)
            } else if scalar.isPunctuationOfBERT {
                append(&word, to: &tokens)
                word.add(scalar, origin)
                append(&word, to: &tokens)
            } else {
                word.add(scalar, origin)
            }
        }
        append(&word, to: &tokens)
    }

    /// Takes the longest piece that fits, again and again; a word with a rest that is no piece is one
    /// `[UNK]`.
    private func append(_ word: inout Word, to tokens: inout [Token]) {
        defer { word.removeAll() }
        guard let whole = word.origin(0..<word.count) else { return }
        let unknown = Token(id: vocabulary.unknown, utf8Range: whole)
        if word.count > Self.greatestWordScalars { return tokens.append(unknown) }
        let first = tokens.count
        var start = 0
        while start < word.count {
            guard let piece = longestPiece(of: word, from: start),
                let origin = word.origin(start..<piece.end)
            else {
                tokens.removeSubrange(first...)
                return tokens.append(unknown)
            }
            tokens.append(Token(id: piece.id, utf8Range: origin))
            start = piece.end
        }
    }

    private func longestPiece(of word: Word, from start: Int) -> (id: Int32, end: Int)? {
        var hash = PieceHash(start > 0 ? Vocabulary.continuation : [])
        let firstByte = word.byteOffset(start)
        return word.bytes.withUnsafeBufferPointer { bytes in
            var longest: (id: Int32, end: Int)?
            var byte = firstByte
            for end in (start + 1)..<(word.count + 1) {
                let next = word.byteOffset(end)
                if next - firstByte > vocabulary.longestPieceBytes { break }
                while byte < next {
                    hash.add(bytes[byte])
                    byte += 1
                }
                let piece = UnsafeBufferPointer(rebasing: bytes[firstByte..<next])
                if let id = vocabulary.id(hash, piece, continuesWord: start > 0) { longest = (id, end) }
            }
            return longest
        }
    }
}

/// A run of clean scalars without a space, as bytes.
private struct Word {
    private(set) var bytes: [UInt8] = []
    /// Where each scalar ends in ``bytes``.
    private var ends: [Int] = []
    private var origins: [Range<Int32>] = []

    var count: Int { ends.count }

    func byteOffset(_ scalar: Int) -> Int { scalar == 0 ? 0 : ends[scalar - 1] }

    /// From the first to the last byte of the text that those scalars come from; `nil` when there are none.
    func origin(_ range: Range<Int>) -> Range<Int>? {
        let origins = origins[range]
        guard let start = origins.map(\.lowerBound).min(), let end = origins.map(\.upperBound).max() else {
            return nil
        }
        return Int(start)..<Int(end)
    }

    mutating func add(_ scalar: Unicode.Scalar, _ origin: Range<Int32>) {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        ends.append(bytes.count)
        origins.append(origin)
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
    }
}
