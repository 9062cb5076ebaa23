import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import { combined } from "../src/facts/decimals";
import { View } from "../src/facts/FactDialog";
import { derivationOf, factsByID, factsPath } from "../src/facts/references";
import { derivedValue, exactValue, titleOf, whenTrue } from "../src/facts/wording";
import { fact, facts } from "./sampleFacts";

test("sums and differences of decimals are exact", () => {
  assert.equal(combined("0.1", "+", "0.2"), "0.3");
  assert.equal(combined("258246.80", "-", "248246.8"), "10000");
  assert.equal(combined("62.041237", "-", "70"), "-7.958763");
  assert.equal(combined("123456789012345678901.25", "+", "0.5"), "123456789012345678901.75");
  assert.equal(combined("-0.5", "-", "-0.25"), "-0.25");
  assert.equal(combined(2.5, "-", 2.5), "0");
});

test("what is no plain decimal is computed as the browser does", () => {
  assert.equal(combined(1e-7, "+", 1), String(1 + 1e-7));
});

test("a reference is an id or a derivation", () => {
  assert.equal(derivationOf("allocation.equity.percent"), null);
  assert.deepEqual(derivationOf("a.b - c.d"), { ids: ["a.b", "c.d"], operators: ["-"] });
  assert.deepEqual(derivationOf("a + b + c"), { ids: ["a", "b", "c"], operators: ["+", "+"] });
  const others = ["", "a -", "- a", "a b c", "a - b c", "account.0a91-ba48.usd"];
  for (const other of others) assert.equal(derivationOf(other), null, other);
});

test("a derivation is computed from its facts", () => {
  const values = { a: "62.041237", b: 60, zero: "0" };
  const table = factsByID(facts(...Object.entries(values).map(([id, value]) => fact({ id, value }))));
  const value = (reference: string): string | null => derivedValue(derivationOf(reference) ?? { ids: [], operators: [] }, table);
  assert.equal(value("a - b"), "2.041237");
  assert.equal(value("a / b"), "1.034020617");
  assert.equal(value("a - missing"), null);
  assert.equal(value("a / zero"), null);
  assert.equal(value("a / zero - b"), null);
});

test("a fact is said with every digit and its unit", () => {
  assert.equal(titleOf({ subject: "equity", metric: "share by asset class" }), "Equity: share by asset class");
  assert.equal(exactValue({ value: "62.041237", unit: "percent" }), "62.041237 percent");
  assert.equal(exactValue({ value: "248246.80", unit: "usd" }), "248246.80 US dollars");
  assert.equal(exactValue({ value: 4, unit: "count" }), "4");
  assert.equal(exactValue({ value: "0.1834", unit: "ratio" }), "0.1834 (a ratio, without a unit)");
});

test("the time of a price is said with its age", () => {
  const now = new Date("2026-11-27T12:00:00Z");
  assert.match(whenTrue("2026-11-20T12:00:00Z", now), /^Nov 20, 2026, .*, 7 days ago$/);
  assert.equal(whenTrue("2026-11-26", now), "Nov 26, 2026, yesterday");
});

test("the facts of an analysis have an address", () => {
  assert.equal(factsPath("a/b"), "/api/jobs/a%2Fb/facts");
});

function view(reference: string, printed?: string): string {
  const document = facts(
    fact({
      id: "allocation.equity.percent", inputs: ["allocation.equity.usd", "gone.usd"], as_of: "2026-11-20T12:00:00Z",
      method: "value divided by <everything>",
    }),
    fact({
      id: "allocation.equity.usd", metric: "value", value: "154012.11", unit: "usd", currency: "USD", text: "$154,012.11",
    }));
  return renderToStaticMarkup(<View reference={reference} document={document} printed={printed} onDeeper={() => undefined} />)
    .replace(/ class="[^"]*"| tabindex="-1"| data-[a-z-]+="true"/g, "");
}

test("a fact shows its value, formula, inputs, time and id", () => {
  const text = view("allocation.equity.percent");
  assert.match(text, /<h3>Equity: share by asset class<\/h3><p>62\.0%<\/p>/);
  assert.match(text, /<dt>Exactly<\/dt><dd>62\.041237 percent<\/dd>/);
  assert.match(text, /<dt>How it is computed<\/dt><dd>value divided by &lt;everything&gt;<\/dd>/);
  assert.match(text, /<dt>As of<\/dt><dd>Nov 20, 2026/);
  assert.match(text, /<code>allocation\.equity\.percent<\/code>/);
  assert.match(text, /<button type="button"><span>Equity: value<\/span> <strong>\$154,012\.11<\/strong><\/button>/);
  // An input that is not kept is named and leads nowhere.
  assert.match(text, /<li><code>gone\.usd<\/code><\/li>/);
});

test("a fact without prices says when it was computed, and money its currency", () => {
  const text = view("allocation.equity.usd");
  assert.match(text, /<dt>Currency<\/dt><dd>USD<\/dd>/);
  assert.match(text, /<dt>Computed<\/dt><dd>Nov 27, 2026/);
  assert.doesNotMatch(text, /As of|Computed from/);
});

test("a derivation shows its formula with both facts", () => {
  const text = view("allocation.equity.usd - allocation.equity.usd", "$0.00");
  assert.match(text, /<h3>Computed from two facts<\/h3><p>\$0\.00<\/p>/);
  assert.match(text, /<dt>Formula<\/dt><dd>\$154,012\.11 − \$154,012\.11<\/dd><dt>Exactly<\/dt><dd>0<\/dd>/);
  assert.equal(text.match(/<button type="button"><span>/g)?.length, 2);
});

test("a reference to nothing is a sentence", () => {
  assert.match(view("no.such.fact"), /keeps no fact with the id <code>no\.such\.fact<\/code>/);
});
