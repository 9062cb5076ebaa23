import MiniLM
import Testing

/// A small vocabulary, so that each rule can be seen at work; ReferenceTests have the real one.
@Suite struct TokenizerTests {
    private static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bond", "##s", "un", "##bond", "##ed", "!", "cafe", "e",
        "##e", "中", "a", "##a", "'",
    ]

    private func tokenizer() throws(MiniLMFailure) -> Tokenizer {
        try Tokenizer(vocabulary: Array(Self.pieces.joined(separator: "\n").utf8))
    }

    private func pieces(_ text: String) throws -> [String] {
        try tokenizer().tokens(of: text).map { Self.pieces[Int($0.id)] }
    }

    /// The text that each token stands for.
    private func sources(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try tokenizer().tokens(of: text).map { String(decoding: bytes[$0.utf8Range], as: UTF8.self) }
    }

    @Test func `the longest piece wins, and the rest of the word goes on with it`() throws {
        #expect(try pieces("unbonded Bonds!") == ["un", "##bond", "##ed", "bond", "##s", "!"])
    }

    @Test func `a word with a rest that is no piece is unknown as a whole`() throws {
        #expect(try pieces("bondx bond") == ["[UNK]", "bond"])
    }

    @Test func `a text without words has no token`() throws {
        for text in ["", " ", "\n\t", "\u{0}", "\u{200b}\u{feff}", "\u{301}"] {
            #expect(try tokenizer().tokens(of: text).isEmpty, "\(text.debugDescription)")
            #expect(try tokenizer().input(of: text) == tokenizer().input(of: ""))
        }
        #expect(try tokenizer().input(of: "").ids == [2, 3])
    }

    @Test func `accents, case and composition make no difference`() throws {
        for text in ["café", "CAFÉ", "cafe\u{301}", "ca\u{ad}fé"] { #expect(try pieces(text) == ["cafe"]) }
    }

    @Test func `an ideograph is a word`() throws {
        #expect(try pieces("a中中a") == ["a", "中", "中", "a"])
    }

    @Test func `a word of 100 scalars is read, one of 101 is unknown`() throws {
        let word = String(repeating: "a", count: 100)
        #expect(try pieces(word) == ["a"] + [String](repeating: "##a", count: 99))
        #expect(try pieces(word + "a") == ["[UNK]"])
        #expect(try pieces(word + "\u{301}").count == 100)
    }

    @Test func `a special token is itself only when spelt exactly`() throws {
        #expect(try pieces("bond[SEP]bond") == ["bond", "[SEP]", "bond"])
        #expect(try pieces("[sep]") == ["[UNK]", "[UNK]", "[UNK]"])
        #expect(try sources("a[MASK] a") == ["a", "[MASK]", "a"])
    }

    @Test func `a token knows where it stands`() throws {
        #expect(try sources("Café, unbonded 中!") == ["Café", ",", "un", "bond", "ed", "中", "!"])
        #expect(try sources("e\u{301} x") == ["e", "x"])
        let long = "[CLS] Bonds' \u{1f680}\u{200d} éé"
        #expect(try sources(long) == ["[CLS]", "Bond", "s", "'", "\u{1f680}", "é", "é"])
    }

    @Test func `ranges follow one another and stay in the text`() throws {
        var random = SplitMix(seed: 11)
        let alphabet = Array("aAeé\u{301}\u{323}中 !'[SEP]\u{200b}\u{1f680}한bonds\u{0}\n").flatMap(
            \.unicodeScalars)
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                text.unicodeScalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            var end = 0
            for token in try tokenizer().tokens(of: text) {
                #expect(token.utf8Range.lowerBound >= end && !token.utf8Range.isEmpty)
                #expect(token.utf8Range.upperBound <= text.utf8.count)
                end = token.utf8Range.lowerBound
                let slice = Array(text.utf8)[token.utf8Range]
                #expect(String(validating: slice, as: UTF8.self) != nil)
            }
        }
    }

    @Test func `what does not fit the model is cut, and the input says so`() throws {
        let fits = try tokenizer().input(of: String(repeating: "bond ", count: 254))
        #expect(fits.ids.count == 256 && !fits.isCut)
        let long = try tokenizer().input(of: String(repeating: "bond ", count: 255))
        #expect(long.ids == fits.ids && long.isCut)
    }

    @Test func `a vocabulary that cannot be one is refused`() {
        func refuse(_ text: String, _ reason: String) {
            #expect(throws: MiniLMFailure.badVocabulary(reason: reason)) {
                try Tokenizer(vocabulary: Array(text.utf8))
            }
        }
        refuse("", "[PAD] is missing")
        refuse("[PAD]\n[UNK]\n[CLS]\n[SEP]\n", "[MASK] is missing")
        refuse("[PAD]\n\n[UNK]", "line 2 is empty")
        refuse("[PAD]\na\nb\na\n", "line 4 says a again")
        refuse(String(repeating: "a", count: 3) + "\n[PAD]", "[UNK] is missing")
    }
}

/// Chance that repeats itself. Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
/// Generators".
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
