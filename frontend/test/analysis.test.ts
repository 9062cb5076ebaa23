import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, ComparisonRow } from "../src/analysis/comparison";
import { fileName, jsonOf, markdownOf } from "../src/analysis/documents";
import { hasAnything, missingSentences, missingTitle, plainParts } from "../src/analysis/parts";
import { byPriority } from "../src/analysis/Recommendations";
import { addressWithTab, tabAfter } from "../src/analysis/Tabs";
import type { Fact, FactsDocument } from "../src/api/facts";
import type { Recommendation } from "../src/api/types";
import { fact, facts } from "./sampleFacts";
import { job } from "./sampleJob";

function row(rows: readonly ComparisonRow[], title: string): ComparisonRow | undefined {
  return rows.find((each) => each.title === title);
}

/** Everything that is compared, as facts; values by id change them. */
function household(changes: Record<string, [value: string, text: string] | null> = {}): FactsDocument {
  const values: Record<string, [string, string] | null> = {
    "portfolio.total.usd": ["1000.50", "$1,000.50"], "portfolio.cash.percent": ["20", "20.0%"],
    "allocation.equity.usd": ["800.5", "$800.50"], "allocation.equity.percent": ["80", "80.0%"],
    "allocation.drift.percent": ["12.5", "12.5%"], "region.drift.percent": ["3", "3.0%"],
    "concentration.largest.percent": ["40", "40.0%"], "concentration.effective.count": ["3.7", "3.7"],
    "retirement.success.percent": ["82.5", "82.5%"], "retirement.start.p50.usd": ["300000", "$300,000.00"],
    "investor.retirement.years": ["20", "20 years"], "investor.target_income.usd": ["60000", "$60,000.00"], ...changes,
  };
  return facts(...Object.entries(values).flatMap(([id, given]) => {
    if (given === null) return [];
    const unit = (id.endsWith("herfindahl") ? "ratio" : id.slice(id.lastIndexOf(".") + 1)) as Fact["unit"];
    return [fact({ id, value: given[0], text: given[1], unit, subject: id.split(".")[1] ?? "" })];
  }));
}

test("two equal analyses have no difference, in words", () => {
  const { rows, differentInputs } = compare(household(), household());
  assert.deepEqual(rows.map(({ title }) => title), [
    "Total value", "Cash, share of the total", "Equity", "Away from the targets by asset class",
    "Away from the targets by region", "Largest holding", "Effective number of holdings",
    "Futures that pay the income to the end", "Median at retirement",
  ]);
  assert(rows.every(({ difference, isGain }) => difference === "no difference" && isGain === null));
  assert.deepEqual(differentInputs, []);
});

test("a difference has a sign and a word, is exact, and more money is for the better", () => {
  const now = household({ "portfolio.total.usd": ["100000.1", "$100,000.10"] });
  const before = household({ "portfolio.total.usd": ["98765.05", "$98,765.05"] });
  assert.deepEqual(row(compare(now, before).rows, "Total value"), {
    title: "Total value", now: "$100,000.10", before: "$98,765.05", difference: "+$1,235.05, more", isGain: true,
    nowFact: "portfolio.total.usd",
  });
  assert.equal(row(compare(before, now).rows, "Total value")?.difference, "-$1,235.05, less");
  assert.equal(row(compare(before, now).rows, "Total value")?.isGain, false);
});

test("shares differ by points, and only where one can see it", () => {
  const now = household({ "retirement.success.percent": ["80", "80.0%"] });
  assert.equal(row(compare(now, household()).rows, "Futures that pay the income to the end")?.difference, "-2.5 points, less");
  const close = household({ "retirement.success.percent": ["82.54", "82.5%"] });
  assert.equal(row(compare(close, household()).rows, "Futures that pay the income to the end")?.difference, "no difference");
});

test("more drift is for the worse, more of a class is neither", () => {
  const now = household({
    "allocation.drift.percent": ["14.5", "14.5%"], "allocation.equity.usd": ["900.5", "$900.50"],
    "concentration.effective.count": ["3.2", "3.2"],
  });
  const { rows } = compare(now, household());
  assert.equal(row(rows, "Away from the targets by asset class")?.isGain, false);
  assert.deepEqual([row(rows, "Equity")?.difference, row(rows, "Equity")?.isGain], ["+$100.00, more", null]);
  assert.equal(row(rows, "Effective number of holdings")?.difference, "-0.5, fewer");
});

test("the sum of the classes is no class, and one with nothing in it on either side is no row", () => {
  const now = household({ "allocation.total.usd": ["1000.5", "$1,000.50"], "allocation.unclassified.usd": ["0", "$0.00"] });
  const titles = compare(now, household()).rows.map(({ title }) => title);
  assert(!titles.includes("Total") && !titles.includes("Unclassified"));
  const before = household({ "allocation.unclassified.usd": ["5", "$5.00"] });
  assert.equal(row(compare(now, before).rows, "Unclassified")?.difference, "-$5.00, less");
});

test("the largest holding says which one it is", () => {
  assert.equal(row(compare(household(), household()).rows, "Largest holding")?.now, "largest, 40.0%");
});

test("a fact that only one of the two has is a dash in the other, and one that neither has is no row", () => {
  const now = household({ "allocation.cash.usd": ["20.5", "$20.50"], "retirement.start.p50.usd": null });
  const before = household({ "retirement.success.percent": null, "retirement.start.p50.usd": null });
  const { rows } = compare(now, before);
  const cash = row(rows, "Cash");
  assert.deepEqual([cash?.now, cash?.before, cash?.difference, cash?.isGain], ["$20.50", "–", "–", null]);
  assert.equal(row(rows, "Futures that pay the income to the end")?.before, "–");
  assert.equal(row(rows, "Median at retirement"), undefined);
  assert.deepEqual(compare(facts(), facts()).rows, []);
});

test("different inputs are told", () => {
  const before = household({
    "investor.retirement.years": ["1", "1 year"], "investor.target_income.usd": ["50000", "$50,000.00"],
  });
  assert.deepEqual(compare(household(), before).differentInputs, [
    "retirement begins in 20 years, before 1 year", "the income wanted is $60,000.00, before $50,000.00",
  ]);
});

test("files have the day of the analysis in their names", () => {
  assert.equal(fileName(job(), "md"), "alex-analysis-2026-11-27.md");
  const ended = job({ completed_at: null, created_at: "2026-01-02T03:04:05Z" });
  assert.equal(fileName(ended, "json"), "alex-analysis-2026-01-02.json");
  assert.equal(fileName(ended, "json", "facts"), "alex-facts-2026-01-02.json");
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
