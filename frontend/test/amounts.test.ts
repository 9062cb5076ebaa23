import assert from "node:assert/strict";
import { test } from "node:test";
import {
  amountProblem, dollars, groupedAmount, isSameAmount, movePoint, percents, plainAmount, shares,
} from "../src/format/amounts";

test("an amount is read as people write it, and keeps its decimals", () => {
  assert.equal(plainAmount("1,234.50"), "1234.50");
  assert.equal(plainAmount(" $1,234,567 "), "1234567");
  assert.equal(plainAmount("0.00000001"), "0.00000001");
  assert.equal(plainAmount("007"), "7");
  assert.equal(plainAmount(".5"), "0.5");
  assert.equal(plainAmount("12."), "12");
  assert.equal(plainAmount("123456789012.12345678"), "123456789012.12345678");
});

test("what is no amount is not guessed at", () => {
  for (const text of ["", " ", ".", "$", "abc", "1.2.3", "-5", "+5", "1e6", "12,34", "1,2345", "1.234,50", "1 000", "NaN", "٣"]) {
    assert.equal(plainAmount(text), null, text);
  }
});

test("an input shows thousands apart and leaves alone what it cannot read", () => {
  assert.equal(groupedAmount("1234567.5"), "1,234,567.5");
  assert.equal(groupedAmount("999"), "999");
  assert.equal(groupedAmount("0.12345678"), "0.12345678");
  assert.equal(groupedAmount("a lot"), "a lot");
});

test("the same number written in two ways is no change", () => {
  assert(isSameAmount("5000", "5,000.00"));
  assert(isSameAmount("", ""));
  assert(!isSameAmount("", "0"));
  assert(!isSameAmount("5000", "5000.01"));
  assert(!isSameAmount("100", "1"));
});

test("a fraction becomes percent and back without binary rounding", () => {
  assert.equal(movePoint("0.0425", 2), "4.25");
  assert.equal(movePoint("0.07", 2), "7");
  assert.equal(movePoint("1", 2), "100");
  assert.equal(movePoint("0", 2), "0");
  assert.equal(movePoint("4.25", -2), "0.0425");
  assert.equal(movePoint("100", -2), "1");
  assert.equal(movePoint("0.5", -2), "0.005");
});

test("an amount beyond what the API takes is refused in a sentence", () => {
  assert.equal(amountProblem("1,000.25", dollars), undefined);
  assert.equal(amountProblem("0", dollars), undefined);
  assert.equal(amountProblem("1.234", dollars), "Write at most 2 decimals.");
  assert.equal(amountProblem("1.2300", dollars), undefined);
  assert.equal(amountProblem("10000000000", dollars), "It can be at most 9,999,999,999.");
  assert.equal(amountProblem("0.00", shares), "It must be above 0.");
  assert.equal(amountProblem("0.00000001", shares), undefined);
  assert.equal(amountProblem("0.000000001", shares), "Write at most 8 decimals.");
  assert.equal(amountProblem("100.01", percents), "It can be at most 100.");
  assert.match(amountProblem("much", dollars) ?? "", /^Write a number/);
});
