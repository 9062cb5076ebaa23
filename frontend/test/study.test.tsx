import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import { StudyCards } from "../src/analysis/study/StudyCards";
import { changeWords, differenceWords, fixWords, yearsWords } from "../src/analysis/study/wording";
import type { Study } from "../src/api/study";
import { projection } from "./sampleJob";

function html(study: Study): string {
  const sample = { ...projection({ retirementYear: 20, lastYear: 50 }), ...study };
  return renderToStaticMarkup(<StudyCards projection={sample} />).replace(/ (class|id|aria-labelledby)="[^"]*"/g, "");
}

test("a change is dollars a year, or years and months", () => {
  assert.equal(changeWords("usd", 4812), "$4,812 a year");
  assert.equal(changeWords("months", 26), "2 years and 2 months");
  assert.equal(changeWords("months", 12), "1 year");
  assert.equal(changeWords("months", 1), "1 month");
});

test("a fix says what is needed, that nothing is, or that it does not suffice", () => {
  const fix = { id: "spending" as const, label: "", unit: "usd" as const, success_percent: 90.02 };
  assert.deepEqual(fixWords({ ...fix, status: "change", value: 1200 }),
    { figure: "$1,200 a year", note: "Then 90.0% of the futures pay the income to the end." });
  assert.deepEqual(fixWords({ ...fix, status: "cannot_be_met", tried: 1200 }),
    { figure: "Not enough", note: "Even $1,200 a year does not reach the goal: only 90.0% of the futures would." });
  assert.equal(fixWords({ id: "saving", label: "", unit: "usd", status: "already_met" }).figure, "Nothing");
});

test("a difference has an arrow, a sign and its unit", () => {
  assert.equal(differenceWords({ points: 3.24 }), "↑ +3.2 points");
  assert.equal(differenceWords({ points: -12 }), "↓ -12.0 points");
  assert.equal(differenceWords({ points: 0.04 }), "= no difference");
});

test("many years are told by the first of them", () => {
  assert.equal(yearsWords([1929, 1930]), "1929, 1930");
  assert.equal(yearsWords([1, 2, 3, 4], 2), "1, 2 and 2 others");
});

test("causes are bars with words beside them, those that did not occur are left out", () => {
  const text = html({
    autopsy: {
      failing_paths: 4, rules: "Each has one.",
      causes: [
        { id: "a", label: "Bad markets", count: 3, percent: 75 }, { id: "b", label: "A long life", count: 1, percent: 25 },
        { id: "c", label: "Inflation", count: 0, percent: 0 },
      ],
    },
  });
  assert.match(text, /4 simulated futures of 10,000 cannot pay/);
  assert.match(text, /<span>Bad markets<\/span><span>3 futures, 75\.0%<\/span><span aria-hidden="true">/);
  assert.match(text, /<span>A long life<\/span><span>1 future, 25\.0%<\/span>/);
  assert.doesNotMatch(text, /Inflation/);
});

test("where no future fails there is nothing to explain", () => {
  const text = html({ autopsy: { failing_paths: 0, causes: [], rules: "" } });
  assert.match(text, /None of 10,000 simulated futures fails\./);
});

test("a safe income stands beside the one that is wanted", () => {
  const safe = { usd: 51_200, rate_percent: 4.1, method: "exact" };
  const less = html({ safe_income: safe });
  assert.match(less, /\$51,200<\/p><p>That is \$8,800 less than the income wanted, and 4\.1% of the savings/);
  const more = html({ safe_income: { ...safe, usd: 61_000, rate_percent: null } });
  assert.match(more, /That is \$1,000 more than the income wanted\.<\/p>/);
});

test("history stands beside the simulation, or says why it does not", () => {
  const history = {
    first_year: 1928, last_year: 2024, windows: 48, success_percent: 85.4, failing_start_years: [1966],
  };
  const text = html({ history });
  assert.match(text, /Historical sequences that pay<\/dt><dd>85\.4%.*Simulated futures that pay<\/dt><dd>82\.5%/);
  assert.match(text, /Historical sequences<\/dt><dd>48<.*begin in 1966\./);
  const reason = html({ history: { windows: 0, reason: "it is longer than the history." } });
  assert.match(reason, /not run through history: it is longer than/);
});

test("tables of assumptions and of rules begin with the plan's own", () => {
  const text = html({
    differences: [
      { id: "costs", label: "Costs take 1 percent", success_percent: 70.1, points: -12.4, same_random_numbers: true },
    ],
    strategy_comparison: [{
      id: "constant_real", label: "the wanted income every year", floor_percent: 100,
      success_percent: 82.5, median_income_usd: 60_000, worst_income_usd: 1,
    }],
  });
  assert.match(text, /As in this analysis<\/th><td data-title="Success">82\.5%<\/td>/);
  assert.match(text, /Costs take 1 percent<\/th><td data-title="Success">70\.1%<\/td><td [^>]*>↓ -12\.4 points/);
  assert.match(text, /The wanted income every year<span>the rule of this plan<\/span><\/th>/);
});

test("a part that is written in another way is not shown", () => {
  const text = html({
    safe_income: { income: 5 }, fixes: "none", autopsy: [], differences: [{ id: "costs", label: "Costs", points: null }],
    history: { windows: 3 }, strategy_comparison: [{ id: "x" }],
  } as unknown as Study);
  assert.equal(text, "");
});

test("an analysis of before has no study", () => {
  assert.equal(html({}), "");
  const nothing = { safe_income: null, autopsy: null, history: null, fixes: [], differences: [] } as unknown as Study;
  assert.equal(html(nothing), "");
});
