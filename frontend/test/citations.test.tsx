import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import type { Citation } from "../src/api/facts";
import { FactsContext } from "../src/facts/FactsProvider";
import { mostCitations, partsAtMarks, withMarks, withoutMarks } from "../src/report/citations";
import { Markdown } from "../src/report/Markdown";

const quiet = { open: () => undefined, prepare: () => undefined };

/** With every button written `[text]`, without the wrapper. */
function html(text: string, citations: readonly Citation[]): string {
  const markup = renderToStaticMarkup(
    <FactsContext.Provider value={quiet}><Markdown text={text} citations={citations} /></FactsContext.Provider>);
  return markup
    .replace(/<span role="button" tabindex="0" class="fact" aria-haspopup="dialog">(.*?)<\/span>/g, "[$1]")
    .replace(/^<div class="markdown">/, "").replace(/<\/div>$/, "");
}

/** A citation of the first place where the words stand after `from`. */
function cite(text: string, words: string, from = 0): Citation {
  return [text.indexOf(words, from), words.length, `fact.of.${words}`];
}

function cited(text: string, ...words: string[]): string {
  return html(text, words.map((each) => cite(text, each)));
}

test("a cited number in a paragraph is a button, everything around it is as it was", () => {
  assert.equal(cited("It is worth $248,246.80 today.", "$248,246.80"), "<p>It is worth [$248,246.80] today.</p>");
});

test("offsets count UTF-16 code units, so that characters outside of the basic plane count twice", () => {
  const text = "🏦💰 Café holds 5 shares and 7.";
  const both: Citation[] = [[text.indexOf("5"), 1, "a"], [text.length - 2, 1, "b"]];
  assert.equal(html(text, both), "<p>🏦💰 Café holds [5] shares and [7].</p>");
  assert.equal(text.indexOf("5"), 16);
});

test("a span through the middle of a character is no citation", () => {
  assert.equal(html("🏦 5", [[1, 2, "a"]]), "<p>🏦 5</p>");
  assert.equal(html("🏦 5", [[0, 1, "a"]]), "<p>🏦 5</p>");
});

test("numbers are cited in bold, in headings, in quotes and in nested lists", () => {
  assert.equal(cited("**Equity is 62.0%** of **80%**.", "62.0%", "80%"),
    "<p><strong>Equity is [62.0%]</strong> of <strong>[80%]</strong>.</p>");
  assert.equal(cited("## About $5\n\n> and *6*", "$5", "6"),
    "<h3>About [$5]</h3><blockquote><p>and <em>[6]</em></p></blockquote>");
  assert.equal(cited("- 1.5 years\n  - **$2**\n- 3", "1.5 years", "$2", "3"),
    "<ul><li>[1.5 years]<ul><li><strong>[$2]</strong></li></ul></li><li>[3]</li></ul>");
});

test("emphasis that is cited with its number stays around it", () => {
  assert.equal(cited("about **$5** more", "**$5**"), "<p>about <strong>[$5]</strong> more</p>");
});

test("numbers are cited in the cells of a table, and the total is still one", () => {
  const text = "| Class | Value | Share |\n| :-- | --: | --: |\n| A \\| B | $1.00 | 40.0% |\n| Total | **$2.50** | 100.0% |";
  const table = cited(text, "$1.00", "40.0%", "$2.50", "100.0%");
  assert.match(table, /<th scope="row">A \| B<\/th><td class="right">\[\$1\.00\]<\/td><td class="right">\[40\.0%\]<\/td>/);
  assert.match(table, /<tr class="total"><th scope="row">Total<\/th><td class="right"><strong>\[\$2\.50\]<\/strong>/);
});

test("citations that touch each other stay apart", () => {
  assert.equal(cited("$5+10%", "$5", "+10%"), "<p>[$5][+10%]</p>");
});

test("escaped characters at the edges and within stay escaped", () => {
  // Cited with and without the backslash before the dollar sign, and with an escaped character within.
  assert.equal(cited("about \\$5 and", "\\$5"), "<p>about [$5] and</p>");
  assert.equal(cited("about \\$5 and", "$5"), "<p>about [$5] and</p>");
  assert.equal(cited("is 5\\.5\\% here", "5\\.5\\%"), "<p>is [5.5%] here</p>");
  assert.equal(cited("is 5\\% here", "5\\"), "<p>is [5%] here</p>");
  assert.equal(cited("\\\\5 here", "5"), "<p>\\[5] here</p>");
  assert.equal(cited("R&amp;D costs 5", "5"), "<p>R&amp;D costs [5]</p>");
});

test("a span that ends within other emphasis is shown without a button and loses nothing", () => {
  assert.equal(cited("from 5 **to 6** years", "5 **to 6"), "<p>from 5 <strong>to 6</strong> years</p>");
});

test("citations out of the text, across lines, empty or across each other are left out", () => {
  const text = "One 1\nTwo 2";
  for (const wrong of [[-1, 2, "a"], [20, 1, "a"], [9, 5, "a"], [4, 3, "a"], [4, 0, "a"], [4.5, 1, "a"]] as Citation[]) {
    assert.equal(html(text, [wrong]), "<p>One 1\nTwo 2</p>", JSON.stringify(wrong));
  }
  assert.equal(html("12345", [[0, 3, "a"], [2, 2, "b"], [4, 1, "c"]]), "<p>[123]4[5]</p>");
});

test("citations need not come in order", () => {
  assert.equal(html("1 and 2", [[6, 1, "b"], [0, 1, "a"]]), "<p>[1] and [2]</p>");
  assert.deepEqual(withMarks("1 and 2", [[6, 1, "b"], [0, 1, "a"]]).references, ["a", "b"]);
});

test("links and blocks of code have no buttons, code in a line and text between markup has", () => {
  assert.equal(cited("[see 5](https://example.com/7)", "5", "7"),
    '<p><a href="https://example.com/7" rel="noopener noreferrer" target="_blank">see 5</a></p>');
  assert.equal(cited("`x 5`", "5"), "<p><code>x [5]</code></p>");
  assert.equal(cited("```\n5\n```", "5"), '<pre tabindex="0"><code>5</code></pre>');
  assert.equal(cited("<b>5</b>", "5"), "<p>&lt;b&gt;[5]&lt;/b&gt;</p>");
});

test("a text cannot forge a mark", () => {
  assert.equal(html("\uE1005\uE000 and 6", [[8, 1, "a"]]), "<p>\uFFFD5\uFFFD and [6]</p>");
});

test("as many citations as there are marks are buttons, the others stay text", () => {
  const text = "1 ".repeat(mostCitations + 2);
  const citations = Array.from({ length: mostCitations + 2 }, (_, index): Citation => [index * 2, 1, `f${index}`]);
  assert.equal(html(text, citations).match(/\[1\]/g)?.length, mostCitations);
});

test("without citations a text is what it always was", () => {
  assert.equal(html("**5** and | 6", []), "<p><strong>5</strong> and | 6</p>");
  const marked = withMarks("5 and 6", [[0, 1, "a"]]);
  assert.equal(withoutMarks(marked.text), "5 and 6");
  assert.deepEqual(partsAtMarks(marked.text), [0, "5", -1, " and 6"]);
});

test("where there are no facts, numbers are no buttons", () => {
  const markup = renderToStaticMarkup(<Markdown text="Is 5." citations={[[3, 1, "a"]]} />);
  assert.equal(markup, '<div class="markdown"><p>Is 5.</p></div>');
});
