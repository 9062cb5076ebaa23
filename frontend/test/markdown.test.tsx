import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import { Markdown } from "../src/report/Markdown";

/** Without the wrapper. */
function html(text: string): string {
  return renderToStaticMarkup(<Markdown text={text} />).replace(/^<div class="markdown">/, "").replace(/<\/div>$/, "");
}

test("headings go one level down and end at the sixth", () => {
  assert.equal(html("# Report"), "<h2>Report</h2>");
  assert.equal(html("###### Small"), "<h6>Small</h6>");
});

test("paragraphs have emphasis, code and line breaks", () => {
  assert.equal(html("A **b** *c* ~~d~~ `e`  \nf"), "<p>A <strong>b</strong> <em>c</em> <del>d</del> <code>e</code><br/>f</p>");
});

test("lists nest and keep the number they begin with", () => {
  assert.equal(html("3. a\n   - b\n   - c\n4. d"), '<ol start="3"><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>');
});

test("a list with space between its items has paragraphs", () => {
  assert.equal(html("- a\n\n- b"), "<ul><li><p>a</p></li><li><p>b</p></li></ul>");
});

test("a table has row and column headings, alignment, and a line for the total", () => {
  const table = html("| Name | Value |\n| :-- | --: |\n| A \\| B | $1 |\n| Total | $1 |");
  assert.match(table, /<th scope="col">Name<\/th><th scope="col" class="right">Value<\/th>/);
  assert.match(table, /<tr><th scope="row">A \| B<\/th><td class="right">\$1<\/td><\/tr>/);
  assert.match(table, /<tr class="total"><th scope="row">Total<\/th>/);
});

test("an empty heading of a table is no heading", () => {
  assert.match(html("|  | Value |\n| :-- | --: |\n| A | 1 |"), /<thead><tr><td><\/td><th scope="col"/);
});

test("quotes, rules and code blocks are what they are", () => {
  assert.equal(html("> a\n\n---\n\n```\n<b> &amp;\n```"),
    '<blockquote><p>a</p></blockquote><hr/><pre tabindex="0"><code>&lt;b&gt; &amp;amp;</code></pre>');
});

test("character references and backslashes mean what they say", () => {
  assert.equal(html("AT&amp;T &#36;5 &hellip; \\*not\\* R&D &unknown;"), "<p>AT&amp;T $5 … *not* R&amp;D &amp;unknown;</p>");
  assert.equal(html("`a &amp; <b>`"), "<p><code>a &amp;amp; &lt;b&gt;</code></p>");
  assert.equal(html("&amp;lt; &#0; &#xD800;"), "<p>&amp;lt; \uFFFD \uFFFD</p>");
});

test("links to sites and mail open by themselves and tell nothing of where they were", () => {
  const link = '<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer" target="_blank">site</a>';
  assert.equal(html("[site](https://example.com/?a=1&b=2)"), `<p>${link}</p>`);
  assert.match(html("<ada@example.com>"), /^<p><a href="mailto:ada@example.com"[^>]*>ada@example\.com<\/a><\/p>$/);
});

test("an image is its words", () => {
  assert.equal(html("![a chart](https://example.com/x.png)"), "<p>a chart</p>");
});

const hostile: Record<string, string> = {
  "a script": "<script>alert(1)</script>",
  "a script within a sentence": "Hello <script src=https://evil.example/x.js></script> there",
  "an image with a handler": '<img src=x onerror="alert(1)">',
  "a handler in a sentence": "a <b onmouseover=alert(1)>b</b>",
  "a link to a script": "[x](javascript:alert(1))",
  "a link to a script in capitals with a tab": "[x](<JaVa\tScRiPt:alert(1)>)",
  "a link to a script in references": "[x](javascript&#58;alert&#40;1&#41;)",
  "a link to a script in other references": "[x](&#x6A;avascript&colon;alert(1))",
  "a link to data": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "a link by vbscript": "[x](vbscript:msgbox(1))",
  "a link without encryption": "[x](http://evil.example/)",
  "a link to a page of ours": "[x](/accounts?delete=all)",
  "an autolink to a script": "<javascript:alert(1)>",
  "an image of a script": "![x](javascript:alert(1))",
  "a title that breaks out": '[x](https://example.com "a\\" onclick=\\"alert(1)")',
  "a reference to a script": "[x][1]\n\n[1]: javascript:alert(1)",
  "nested markup": "<div><p><iframe srcdoc='<script>alert(1)</script>'></iframe></p></div>",
  "markup that is not closed": "<svg onload=alert(1)//\n\n<a href='javascript:alert(1)",
  "a comment that hides something": "<!-- <script> --> alert(1) </script>",
  "a style": "<style>body{background:url(https://evil.example)}</style>",
  "a form in a table": "| a |\n| - |\n| <form action=https://evil.example><input name=a> |",
  "a language that breaks out of code": '```"><script>alert(1)</script>\nx\n```',
};

const ourLink = /^<a href="https:\/\/example\.com[^"]*" rel="noopener noreferrer" target="_blank">$/;
const ourTag = /^<(?!a\b)\w+( (scope|class|tabindex)="\w+")*>$/;

for (const [what, text] of Object.entries(hostile)) {
  test(`${what} stays text`, () => {
    const result = html(text).replace('<div class="table-wrapper"><table>', "<table>").replace("</table></div>", "</table>");
    const tags = [...result.matchAll(/<(\/?[a-zA-Z][^\s>/]*)/g)].map(([, name = ""]) => name.replace("/", ""));
    const ours = new Set(["p", "a", "pre", "code", "table", "thead", "tbody", "tr", "th", "td"]);
    assert.deepEqual(tags.filter((name) => !ours.has(name)), [], result);
    for (const [tag = ""] of result.matchAll(/<[a-zA-Z][^>]*>/g)) {
      assert(ourLink.test(tag) || ourTag.test(tag), tag);
    }
  });
}

test("a text nested without end is shown and does not break the page", () => {
  const deep = `${">".repeat(3_000)} end`;
  assert.match(renderToStaticMarkup(<Markdown text={deep} />), /end/);
  assert.match(html(`${"*".repeat(2_000)}a${"*".repeat(2_000)}`), /a/);
});
