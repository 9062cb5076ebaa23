import Agents
import Testing

@Suite struct SafeMarkdownTests {
    @Test func `ordinary Markdown stays`() {
        let text = "## Risk\n\n- **Bold** and *thin*\n  - nested\n\n| a | b |\n| :-- | --: |\n1 < 2, [sic]"
        #expect(SafeMarkdown(text).description == text)
    }

    @Test(arguments: [
        ("<thinking>secret</thinking>The answer", "The answer"),
        ("<THINK>a\nb</THINK>\n\nThe answer", "The answer"),
        ("left over</thinking>The answer", "The answer"),
        ("The answer<scratchpad>never closed", "The answer"),
    ])
    func `thinking aloud is dropped`(_ text: String, _ safe: String) {
        #expect(SafeMarkdown(text).description == safe)
    }

    @Test(arguments: [
        ("a ![x](https://evil.example/?q=1) b", "a  b"),
        ("see [here](https://evil.example)", "see here"),
        ("see [here][1]\n[1]: https://evil.example", "see here"),
        ("go to https://evil.example/x now", "go to (link removed) now"),
        ("go to www.evil.example", "go to (link removed)"),
        ("<img src=x onerror=y>text<script>z</script>", "textz"),
        ("<https://evil.example>", ""),
        ("```markdown\ntext\n```", "text"),
    ])
    func `images, links, tags and fences are taken out`(_ text: String, _ safe: String) {
        #expect(SafeMarkdown(text).description == safe)
    }

    @Test(arguments: [
        "![a ![b](x) c](//evil.example/p)", "[a [b](x)](//evil.example)", "[[a](b)](//evil.example)",
        "<<b>img src=//evil.example>", "[a]\u{200B}(//evil.example)", "![a]<b>(//evil.example)",
    ])
    func `nesting does not bring them back`(_ text: String) {
        let safe = SafeMarkdown(text).description
        #expect(!safe.contains("](") && !safe.contains("][") && !safe.contains("<i"))
    }
}
