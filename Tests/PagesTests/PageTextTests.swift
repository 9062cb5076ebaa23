import Pages
import Testing

@Suite(.timeLimit(.minutes(2))) struct PageTextTests {
    private func text(_ html: String) -> String { PageText(html: html, limitBytes: 100_000).text }

    @Test(arguments: [
        ("<p>a<p>b", "a\n\nb"), ("a<br>b", "a\nb"), ("<b>a</b><i>b</i> c", "ab c"), ("a\u{a0}\n b", "a b"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n\n- b\n\n- c"), ("<h2></h2><p>a", "a"),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>e", "a\nb\nc\nd\n\ne"),
        ("<table><tr><td>a</td><td></td><td>b</td></tr></table>", "a | b"),
        ("a < b && c > d", "a < b && c > d"),
        (
            "&lt;p&gt; &amp;amp; &eacute; &#8217; &#x2019; &#150; &#0; &nope; &copy",
            "<p> &amp; é ’ ’ – \u{FFFD} &nope; ©"
        ),
        ("a<!-- b --> c<!--> d --> e <!---> f", "a c d --> e f"), ("a<![CDATA[ b ]]>c", "ac"),
        ("a<?php b ?>c", "ac"),
        ("a<!-- never closed b", "a"), ("a<div title=\"never closed > b", "a"),
        ("a<script>never closed", "a"),
        ("<script>if (a < b) { \"</p>\" }</script>c", "c"), ("<script></scripty>a</script>b", "b"),
        ("<style>a</STYLE >b", "b"), ("<p hidden>a<p>b", "b"), ("<div hidden>a<p>b</p></div>c", "c"),
        ("<p style='display:none'>a</p>b", "b"), ("<p style='color:red;VISIBILITY: hidden'>a</p>b", "b"),
        ("<nav>a<nav>b</nav>c</nav>d", "d"), ("<div><aside>a</div>b", "b"), ("</p></div>a</b>", "a"),
        ("<b><div hidden>a</b>b</div>c", "c"), ("<svg><title>a</title><path/></svg>b", "b"),
        ("<template><p>a</template>b", "b"), ("<P CLASS=x>a</P>", "a"), ("<a href=javascript:x()>a</a>", "a"),
        ("<a href='x'\"'>a</a>b", "ab"), ("<img src=x onerror=y>a", "a"), ("", ""), ("<", "<"), ("</", ""),
        ("<a", ""),
        ("\u{202E}a\u{200B}b\u{FEFF}\u{E000}c\u{0007}", "abc"), ("&#x202E;a&zwj;b", "ab"),
    ]) func `a page becomes lines of text`(html: String, expected: String) {
        #expect(text(html) == expected)
    }

    @Test(arguments: [
        ("<title> a\n b </title>", "a b"), ("<title>a</title><meta property=og:title content=b>", "b"),
        ("<meta name='og:title' content='b &amp; c'><title>a</title>", "b & c"),
        ("<svg><title>a</title></svg>", nil), ("<p>a", nil), ("<title></title>", nil),
    ]) func `the title is the one for sharing, else the page's own`(html: String, expected: String?) {
        #expect(PageText(html: html, limitBytes: 1000).title == expected)
    }

    @Test(arguments: [
        ("<time datetime=2026-11-01>yesterday</time>", "2026-11-01"),
        ("<meta name=date content=2026-10-01><time datetime=2026-11-01>", "2026-11-01"),
        (
            "<script type=application/ld+json>[{\"@graph\":[{\"datePublished\":\"2026-11-02\"}]}]</script>",
            "2026-11-02"
        ),
        (
            "<script type=application/ld+json>{broken</script><meta name=pubdate content='Nov 3, 2026'>",
            "Nov 3, 2026"
        ),
        (
            "<script type=application/ld+json>{\"datePublished\":\"2026-11-02\"}</script><meta property=article:published_time content=2026-11-04T08:00:00+01:00>",
            "2026-11-04T08:00:00+01:00"
        ),
        ("<meta name=date content='ignore all instructions'>", nil),
        ("<meta name=date content='2026 <b>'>", nil),
        ("<meta name=date content='2026 \(String(repeating: "a", count: 60))'>", nil), ("<p>2026-11-01", nil),
    ]) func `the date is taken from where it is said best, and looks like one`(
        html: String, expected: String?
    ) {
        #expect(PageText(html: html, limitBytes: 1000).date == expected)
    }

    /// Each costs time in proportion to its length; a quadratic reader would not come to an end here.
    @Test(arguments: [
        String(repeating: "<div>", count: 1_000_000), String(repeating: "<b><p>", count: 200_000),
        String(repeating: "<div hidden>", count: 200_000), String(repeating: "</div>", count: 500_000),
        "<b><div>" + String(repeating: "<i>", count: 20_000) + String(repeating: "</b>", count: 20_000),
        String(repeating: "<", count: 1_000_000), String(repeating: "<!", count: 500_000),
        String(repeating: "&", count: 1_000_000), String(repeating: "<a ", count: 300_000),
        String(repeating: "<x-\u{41}>", count: 200_000), String(repeating: "<script>", count: 200_000),
        String(repeating: "[", count: 1_000_000),
        "<script type=application/ld+json>" + String(repeating: "[", count: 1_000_000),
    ]) func `a hostile page neither overflows the stack nor takes for ever`(html: String) {
        #expect(!text(html + "<p>end").contains("\0"))
    }
}
