import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, ComparisonRow } from "../src/analysis/comparison";
import { fileName, jsonOf, markdownOf } from "../src/analysis/documents";
import { hasAnything, missingSentences, missingTitle, plainParts } from "../src/analysis/parts";
import { byPriority } from "../src/analysis/Recommendations";
import { addressWithTab, tabAfter } from "../src/analysis/Tabs";
import type { Chart, Job, Projection, Recommendation } from "../src/api/types";
import { job } from "./sampleJob";

function withProjection(changes: Partial<Projection>): Job {
  const sample = job();
  const { retirement_payload: retirement } = sample;
  if (!retirement?.projection) throw new Error("the sample has a projection");
  return { ...sample, retirement_payload: { ...retirement, projection: { ...retirement.projection, ...changes } } };
}

function withAssets(...data: Chart["data"]): Job {
  const charts = { asset_classes: { title: "A", type: "pie" as const, description: "", position: 0, data } };
  return job({ charts_payload: charts });
}

function row(rows: readonly ComparisonRow[], title: string): ComparisonRow | undefined {
  return rows.find((each) => each.title === title);
}

test("two equal analyses have no difference, in words", () => {
  const { rows, differentInputs } = compare(job(), job());
  assert.deepEqual(rows.map(({ title }) => title), [
    "Total value", "Equity", "Cash", "Futures that pay the income to the end", "Median at retirement", "Income wanted, a year",
  ]);
  assert(rows.every(({ difference, isGain }) => difference === "no difference" && isGain === null));
  assert.deepEqual(differentInputs, []);
});

test("a difference has a sign and a word, and more money is for the better", () => {
  const now = withProjection({ starting_balance_usd: 100_000.1 });
  const { rows } = compare(now, withProjection({ starting_balance_usd: 98_765.05 }));
  assert.deepEqual(row(rows, "Total value"), {
    title: "Total value", now: "$100,000.10", before: "$98,765.05", difference: "+$1,235.05, more", isGain: true,
  });
});

test("less is written with a minus", () => {
  const { rows } = compare(withProjection({ starting_balance_usd: 1 }), withProjection({ starting_balance_usd: 2 }));
  assert.equal(row(rows, "Total value")?.difference, "-$1.00, less");
  assert.equal(row(rows, "Total value")?.isGain, false);
});

test("shares of futures differ by points, and only where one can see it", () => {
  const { rows } = compare(withProjection({ success_percent: 80 }), withProjection({ success_percent: 82.5 }));
  assert.equal(row(rows, "Futures that pay the income to the end")?.difference, "-2.5 points, fewer");
  const close = compare(withProjection({ success_percent: 80.04 }), withProjection({ success_percent: 80 }));
  assert.equal(row(close.rows, "Futures that pay the income to the end")?.difference, "no difference");
});

test("an asset class that is new was nothing before, and is neither good nor bad", () => {
  const now = withAssets({ name: "Equity", value: 500, color: "" }, { name: "Cash", value: 20.5, color: "" });
  const before = withAssets({ name: "Equity", value: 500, color: "" }, { name: "Gold", value: 1, color: "" });
  const { rows } = compare(now, before);
  assert.deepEqual(row(rows, "Cash"), {
    title: "Cash", now: "$20.50", before: "$0.00", difference: "+$20.50, more", isGain: null,
  });
  assert.equal(row(rows, "Gold")?.difference, "-$1.00, less");
});

test("what only one of the two has is not compared", () => {
  const { rows } = compare(job(), job({ charts_payload: null, retirement_payload: null }));
  assert.deepEqual(rows, []);
});

test("without a projection the total is what the asset classes add up to", () => {
  const sample = job({ retirement_payload: null });
  assert.equal(row(compare(sample, sample).rows, "Total value")?.now, "$1,000.50");
});

test("different inputs are told", () => {
  const { differentInputs } = compare(
    withProjection({ years_until_retirement: 20, target_income_usd: 60_000, yearly_contribution_usd: 5_000 }),
    withProjection({ years_until_retirement: 1, target_income_usd: 50_000, yearly_contribution_usd: 0 }));
  assert.deepEqual(differentInputs, [
    "retirement begins in 20 years, before 1 year", "the income wanted is $60,000, before $50,000",
    "the yearly saving is $5,000, before $0",
  ]);
});

test("files have the day of the analysis in their names", () => {
  assert.equal(fileName(job(), "md"), "alex-analysis-2026-11-27.md");
  const ended = job({ completed_at: null, created_at: "2026-01-02T03:04:05Z" });
  assert.equal(fileName(ended, "json"), "alex-analysis-2026-01-02.json");
});

test("the document has all that was written", () => {
  const text = markdownOf(job());
  for (const part of [
    "**The household is worth $1,000.**", "- Equity is 80.1%.", "# Portfolio report", "## Save more (High priority)",
    "# Retirement", "- The birth year is not known.",
  ]) assert(text.includes(part), part);
});

test("the document says what is missing, and has no empty parts", () => {
  const text = markdownOf(job({
    report_payload: null, summary_payload: null,
    sections: { ...job().sections, report: { status: "failed", reason: "the model did not answer" } },
  }));
  assert.match(text, /The report could not be made: the model did not answer\./);
  assert.doesNotMatch(text, /---\n\n---|null|undefined/);
});

test("the other file is what the API knows, and can be read back", () => {
  assert.deepEqual(JSON.parse(jsonOf(job())), job());
});

test("what is missing is told with its reason, in one full stop", () => {
  const sections = { ...job().sections, charts: { status: "failed" as const, reason: "It broke." } };
  const partial = job({ charts_payload: null, sections });
  assert.equal(missingTitle(partial), "Not in this analysis: the charts");
  assert.deepEqual(missingSentences(partial), ["The charts could not be made: It broke."]);
  assert.equal(missingTitle(job()), null);
});

test("plain parts are named where they are", () => {
  const [sample, reason] = [job(), "refused"];
  const plain = job({
    summary_payload: sample.summary_payload && { ...sample.summary_payload, substitutions: [{ part: "summary", reason }] },
    report_payload: sample.report_payload && {
      ...sample.report_payload, substitutions: [{ part: "executive_summary", reason }, { part: "risk", reason }],
    },
  });
  assert.deepEqual(plainParts(plain), ["the summary", "the report: executive summary, risk"]);
  assert.deepEqual(plainParts(sample), []);
});

test("an analysis with nothing in it has nothing to show", () => {
  assert.equal(hasAnything(job()), true);
  assert.equal(hasAnything(job({
    report_payload: null, charts_payload: null, retirement_payload: null, summary_payload: null,
  })), false);
});

test("the most pressing recommendation is first, equal ones keep their order", () => {
  const each = (recommendation: string, priority: Recommendation["priority"]): Recommendation =>
    ({ recommendation, priority, reasoning: "", impact: "" });
  const sorted = byPriority([each("a", "Low"), each("b", "High"), each("c", "Medium"), each("d", "High")]);
  assert.deepEqual(sorted.map(({ recommendation }) => recommendation), ["b", "d", "c", "a"]);
});

test("arrows go round the tabs, Home and End to the ends, other keys nowhere", () => {
  assert.equal(tabAfter("ArrowRight", 3, 4), 0);
  assert.equal(tabAfter("ArrowLeft", 0, 4), 3);
  assert.equal(tabAfter("Home", 2, 4), 0);
  assert.equal(tabAfter("End", 0, 4), 3);
  assert.equal(tabAfter("a", 1, 4), null);
});

test("another tab keeps the analysis in the address", () => {
  assert.equal(addressWithTab("/analysis", "?job=1&tab=overview", "charts"), "/analysis?job=1&tab=charts");
  assert.equal(addressWithTab("/analysis", "", "retirement"), "/analysis?tab=retirement");
});
