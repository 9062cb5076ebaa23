import Agents
import Testing

@Suite struct EscapedTextTests {
    @Test(arguments: [
        "SPDR S&P 500 ETF Trust", "Amazon.com, Inc.", "Anna's 401(k)", "AT&T", "A_B", "1 < 2", "100 %",
        "Q: who?",
        "50/50", "20+ Year", "BRK.B", "5-Year Note",
    ])
    func `ordinary names stay as they are`(_ name: String) {
        #expect(EscapedText(name).description == name)
    }

    @Test(arguments: [
        ("a | b", "a \\| b"), ("*a* _b_ ~~c~~", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~"), ("[a](b)", "\\[a\\](b)"),
        ("![a](b)", "!\\[a\\](b)"), ("<b>", "\\<b>"), ("</b>", "\\</b>"), ("&amp; &#46;", "\\&amp; \\&#46;"),
        ("# a", "\\# a"), ("> a", "\\> a"), ("- a", "\\- a"), ("a\\", "a\\\\"),
        ("https://x.example", "https:\\//x.example"), ("www.x.example", "www\\.x.example"),
        ("a@x.example", "a\\@x.example"),
    ])
    func `what Markdown would act on is escaped`(_ name: String, _ escaped: String) {
        #expect(EscapedText(name).description == escaped)
    }
}
