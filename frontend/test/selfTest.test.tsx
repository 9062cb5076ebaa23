import assert from "node:assert/strict";
import { test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import { isSelfTest, SelfTest, toleranceWords, totalWords, valueWords } from "../src/selftest/selfTest";
import { SelfTestResults } from "../src/selftest/SelfTestResults";

function result(changes: Partial<SelfTest> = {}): SelfTest {
  return {
    passed: 1, failed: 1, seconds: 0.12, version: "0.4.0",
    groups: [{
      name: "Annuities", description: "Closed forms.",
      cases: [
        { name: "Payment", source: "Textbook & co", expected: 7.5, got: 7.5, tolerance: 0.01, unit: "percent", passed: true },
        { name: "Rate", source: "A paper", expected: 4, got: null, tolerance: 0, unit: "percent", passed: false },
      ],
    }],
    ...changes,
  };
}

function text(changes: Partial<SelfTest> = {}): string {
  return renderToStaticMarkup(<SelfTestResults result={result(changes)} />);
}

test("the total is a sentence", () => {
  assert.equal(totalWords({ passed: 41, failed: 0 }), "All 41 checks passed");
  assert.equal(totalWords({ passed: 1, failed: 0 }), "1 check passed");
  assert.equal(totalWords({ passed: 39, failed: 2 }), "2 of 41 checks failed");
  assert.equal(totalWords({ passed: 0, failed: 0 }), "Nothing was checked");
});

test("values have their unit, and what is not defined is said to be", () => {
  assert.equal(valueWords(0.1 + 0.2, "percent"), "0.3 percent");
  assert.equal(valueWords("12.50", ""), "12.50");
  assert.equal(valueWords(null, "percent"), "not defined");
  assert.equal(toleranceWords(0.01, "years"), "± 0.01 years");
  assert.equal(toleranceWords(0, "years"), "exact");
});

test("each check has its source, both values, tolerance and result in words", () => {
  const row = /<tr><th scope="row">Payment<\/th>.*?<\/tr>/.exec(text())?.[0] ?? "";
  for (const part of ["Textbook &amp; co", "7.5 percent", "± 0.01 percent", "Passed"]) assert(row.includes(part), part);
  const failed = /<tr><th scope="row">Rate<\/th>.*?<\/tr>/.exec(text())?.[0] ?? "";
  for (const part of ["not defined", "exact", "Failed"]) assert(failed.includes(part), part);
});

test("a failed check is seen in the total and at its group", () => {
  assert.match(text(), /panel-error.*1 of 2 checks failed.*Annuities.*badge-bad.*1 of 2 checks failed/);
  const all = text({ passed: 2, failed: 0, groups: [] });
  assert.match(all, /panel-primary.*All 2 checks passed.*In 0\.12 s, by version 0\.4\.0/);
});

test("a self-test of nothing has not passed", () => {
  assert.match(text({ passed: 0, failed: 0, groups: [] }), /panel-error.*Nothing was checked/);
});

test("another answer is no self-test", () => {
  assert.equal(isSelfTest(result()), true);
  for (const other of [null, [], {}, { passed: 1, failed: 0 }, "passed"]) assert.equal(isSelfTest(other), false);
});
