import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import { plainPartTitles, refusals, verdictWords, wasRepaired } from "../src/analysis/verdict";
import { VerdictNote } from "../src/analysis/VerdictNote";
import { VerdictPanel } from "../src/analysis/VerdictPanel";
import type { JobVerdict, Verdict } from "../src/api/facts";
import { job } from "./sampleJob";

function part(changes: Partial<Verdict> = {}): Verdict {
  return { status: "verified", numbers: 10, repaired: false, plain_parts: [], violations: [], ...changes };
}

function whole(changes: Partial<JobVerdict> = {}): JobVerdict {
  const sections = { report: part(), charts: part(), retirement: part(), summary: part() };
  return { status: "verified", numbers: 47, sections, ...changes };
}

function words(verdict: JobVerdict | null | undefined): string {
  return verdictWords(job({ verdict: verdict ?? null }));
}

test("the badge of a verified analysis counts its numbers", () => {
  assert.equal(words(whole()), "All 47 numbers verified");
  assert.equal(words(whole({ numbers: 1 })), "1 number verified");
  assert.equal(words(whole({ numbers: 0 })), "Verified: it states no numbers");
});

const refused = part({
  status: "mixed", plain_parts: ["risk", "conclusion"], repaired: true,
  violations: [{ part: "risk", at: 12, text: "$5", reason: "No fact has this value" }],
});

test("the badge of a mixed analysis names the plain parts, in the order of the page and once", () => {
  const summary = part({ status: "plain", plain_parts: ["summary"] });
  const retirement = part({ status: "mixed", plain_parts: ["what_helps", "what_helps"] });
  const verdict = whole({ status: "mixed", sections: { report: refused, charts: part(), summary, retirement } });
  assert.equal(words(verdict), "47 numbers verified; plain version of: Summary, Risk, Conclusion, Retirement (what helps)");
  assert.deepEqual(plainPartTitles(whole({ sections: { report: part({ status: "plain", plain_parts: [] }) } })), ["Report"]);
});

test("parts that were written without a check are told", () => {
  const verdict = whole({ status: "mixed", sections: { report: part(), charts: null, summary: part() } });
  assert.equal(words(verdict), "47 numbers verified; not checked: Charts, Retirement");
});

test("the badge of a plain analysis says that code wrote the words", () => {
  assert.equal(words(whole({ status: "plain" })), "Plain version: 47 numbers verified, all words by rules");
});

test("an analysis from before the checks says so", () => {
  assert.equal(words(null), "Not checked (made before numbers were checked)");
  assert.equal(verdictWords(job()), "Not checked (made before numbers were checked)");
  const text = renderToStaticMarkup(<VerdictPanel status={undefined} refused={[]} isRepaired={false} review={null} />);
  assert.match(text, /A new analysis is checked\./);
});

test("a verdict with fewer members is still told", () => {
  const verdict = whole({ sections: { report: { status: "verified", numbers: 3 } } });
  assert.deepEqual([plainPartTitles(verdict), refusals(verdict)], [[], []]);
});

test("what was refused is listed with its place and reason, as text", () => {
  const verdict = whole({ status: "mixed", sections: { report: refused } });
  assert.equal(refusals(verdict)[0]?.where, "Risk");
  const text = renderToStaticMarkup(
    <VerdictPanel status="mixed" refused={refusals(verdict)} isRepaired={wasRepaired(verdict)} review={null} />);
  assert.match(text, /<li>Risk: the model&#x27;s words “\$5” were refused because no fact has this value\.<\/li>/);
  assert.match(text, /A model was told what was wrong with its words, and wrote again\./);
  assert.match(renderToStaticMarkup(<VerdictNote job={job({ verdict })} />), /badge-agent/);
});

test("a verified analysis lists no refusals", () => {
  assert.match(renderToStaticMarkup(<VerdictNote job={job({ verdict: whole() })} />), /badge-good.*All 47 numbers verified/);
  const text = renderToStaticMarkup(
    <VerdictPanel
      status="verified" refused={refusals(whole())} isRepaired={wasRepaired(whole())} review={null}
    />);
  assert.doesNotMatch(text, /refused|wrote again/);
});

test("a second model's opinion is told as one, and so is that there is none", () => {
  const withReview = (review: { tone: number; clarity: number; comment: string } | { error: string }): string =>
    renderToStaticMarkup(<VerdictPanel status="verified" refused={[]} isRepaired={false} review={review} />);
  assert.match(withReview({ tone: 4, clarity: 5, comment: "Calm." }), /tone 4 of 5, clarity 5 of 5\. Calm\. Nothing depends on/);
  assert.match(withReview({ error: "It did not answer" }), /could not be judged: it did not answer\. Nothing depends on/);
});
