import Knowledge
import Testing

@Suite struct PassageSplitterTests {
    /// A token a word, so that lengths can be counted by eye.
    static let splitter = PassageSplitter { _ in 1 }
    static let most = PassageSplitter.tokensPerPassage

    private func words(_ range: Range<Int>) -> String {
        range.map { "w\($0)" }.joined(separator: " ")
    }

    @Test func `a short text is one passage as it stands`() {
        #expect(Self.splitter.passages(of: "One sentence.\n\nAnother.") == ["One sentence.\n\nAnother."])
    }

    @Test(arguments: ["", "   ", "\n\n"]) func `a blank text has no passages`(text: String) {
        #expect(Self.splitter.passages(of: text) == [])
    }

    @Test func `what just fits is one passage, a word more makes two`() {
        #expect(Self.splitter.passages(of: words(0..<Self.most)).count == 1)
        #expect(Self.splitter.passages(of: words(0..<Self.most + 1)).count == 2)
    }

    @Test func `passages overlap, and together hold every word in order`() {
        let all = words(0..<1000).split(separator: " ")
        let passages = Self.splitter.passages(of: words(0..<1000)).map { $0.split(separator: " ") }
        #expect(passages.count > 4)
        var joined = passages[0]
        for passage in passages.dropFirst() {
            #expect(Array(joined.suffix(PassageSplitter.overlapTokens)) == Array(passage.prefix(40)))
            joined += passage.dropFirst(PassageSplitter.overlapTokens)
        }
        #expect(joined == all)
        #expect(passages.allSatisfy { $0.count <= Self.most })
    }

    @Test func `a passage ends at the end of a paragraph, else of a sentence`() {
        let paragraph = words(0..<180) + "\n\n" + words(180..<220) + ". " + words(220..<400)
        #expect(Self.splitter.passages(of: paragraph)[0].hasSuffix("w179"))
        let sentence = words(0..<220) + ". " + words(220..<400)
        #expect(Self.splitter.passages(of: sentence)[0].hasSuffix("w219."))
        // One that ends much too early is not waited for.
        let early = words(0..<20) + ". " + words(20..<400)
        #expect(Self.splitter.passages(of: early)[0].hasSuffix("w\(Self.most - 1)"))
    }

    @Test func `a word that fits into no passage is cut, and nothing of it is lost`() {
        let splitter = PassageSplitter { $0.count }
        let text = String(repeating: "変化", count: 600)
        let passages = splitter.passages(of: text)
        #expect(passages.count > 4)
        #expect(passages.allSatisfy { $0.count <= Self.most })
        #expect(passages[0].first == "変" && passages.last?.last == "化")
        let new = passages.reduce(0) { $0 + $1.count }
        #expect(new >= 1200)
        #expect(passages.allSatisfy(text.contains))
    }

    @Test func `one character of more tokens than fit comes to an end`() {
        let splitter = PassageSplitter { _ in 1000 }
        #expect(splitter.passages(of: "a b c") == ["a", "b", "c"])
    }
}
