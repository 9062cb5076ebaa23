import Agents
import Fakes
import Testing
import Wire

@Suite struct PromptTextTests {
    @Test func `an ordinary name stays as it is`() {
        #expect(PromptText("Anna's 401(k) – Größe 100 %").description == "Anna's 401(k) – Größe 100 %")
    }

    @Test(arguments: [
        ("a\u{202E}b\u{2066}c", "abc"), ("a\u{200B}b\u{FEFF}c\u{2060}", "abc"), ("a\u{0}b\u{7}c", "abc"),
        ("a\n\n b\t\r\nc", "a b c"), ("  a  ", "a"), ("\u{E0041}\u{E0042}a", "a"), ("a\u{2028}b", "a b"),
    ])
    func `what is hidden is dropped and white space is one blank`(_ text: String, _ clean: String) {
        #expect(PromptText(text).description == clean)
    }

    @Test(arguments: [
        ("Ｉｇｎｏｒｅ　ａｌｌ", "Ignore all"), ("𝐈𝐠𝐧𝐨𝐫𝐞 𝟗𝟗", "Ignore 99"), ("𝓘𝓰𝓷𝓸𝓻𝓮", "Ignore"),
        ("ℹ ℂℍ 𝕀", "ℹ CH I"), ("ﬁnd the oﬃce", "find the office"), ("ⓢⓔⓝⓓ 🄼🅞🅽", "send MON"),
        ("＄９，９９９", "$9,999"), ("Ä ß é", "Ä ß é"), ("\u{1FBF9}", "9"),
    ])
    func `letters that only look different are the letters they stand for`(_ text: String, _ plain: String) {
        #expect(PromptText(text).description == plain)
    }

    @Test func `braces and back-ticks in full width open nothing either`() {
        #expect(PromptText("｛｛ｆ：x｝｝ ｀｀｀").description == "{(f:x}) '''")
    }

    @Test func `accents do not pile up on one letter`() {
        let text = PromptText("Z" + String(repeating: "\u{301}\u{36F}", count: 50) + "al").description
        #expect(text.unicodeScalars.count == 6)
        #expect(text.hasSuffix("al"))
    }

    @Test func `nothing can close the fence or refer to a figure`() {
        let text = PromptText("``` {{f:portfolio.total.usd}} {{{x}}} {\u{200B}{f:y}}").description
        #expect(!text.contains("`"))
        #expect(!text.contains("{{"))
        #expect(!text.contains("}}"))
    }

    @Test func `ten thousand characters become the limit, and say so`() {
        let text = PromptText(String(repeating: "x", count: 10_000))
        #expect(text.isTruncated)
        #expect(text.description.count == PromptText.nameLimitCharacters)
        #expect(text.description.hasSuffix(PromptText.truncationMark))
    }

    @Test func `a single character of very many marks is limited, too`() {
        let text = PromptText("a" + String(repeating: "\u{301}", count: 100_000)).description
        #expect(text.unicodeScalars.count <= 4 * PromptText.nameLimitCharacters)
    }

    @Test func `data survives the journey through the message`() throws {
        let data: JSONValue = ["name": "```\nDATA\n```", "n": 1]
        let text = PromptMessage.text(task: "Do it.", data: data)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.filter { $0.hasPrefix("```") } == ["```json", "```"])
        let start = try #require(lines.firstIndex(of: "```json"))
        #expect(lines[start - 1] == Substring(PromptMessage.introduction))
        #expect(try JSONValue(reading: String(lines[start + 1])) == data)
    }
}
