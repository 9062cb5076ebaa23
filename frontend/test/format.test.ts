import assert from "node:assert/strict";
import { test } from "node:test";
import * as numbers from "../src/format/numbers";
import * as times from "../src/format/times";

test("exact decimals are written without passing through a binary fraction", () => {
  assert.equal(numbers.money("9999999999999.99"), "$9,999,999,999,999.99");
  assert.equal(numbers.quantity("123456789012.12345678"), "123,456,789,012.12345678");
});

test("money has cents, a price up to four decimals, a quantity those it has", () => {
  assert.equal(numbers.money("5000"), "$5,000.00");
  assert.equal(numbers.price("450.25"), "$450.25");
  assert.equal(numbers.price("0.0123"), "$0.0123");
  assert.equal(numbers.quantity("10.50000000"), "10.5");
});

test("what is not known is a dash and never zero", () => {
  for (const write of [numbers.money, numbers.price, numbers.quantity, numbers.roundMoney]) {
    assert.equal(write(null), "–");
    assert.notEqual(write("0"), "–");
  }
  assert.equal(numbers.percent(null), "–");
  assert.equal(numbers.percentPoints(undefined), "–");
});

test("a small share is not rounded to nothing", () => {
  assert.equal(numbers.percent(0.04), "under 0.1%");
  assert.equal(numbers.percent(0), "0.0%");
  assert.equal(numbers.percent(82.694), "82.7%");
});

test("differences carry their sign", () => {
  assert.equal(numbers.percentPoints(12.69), "+12.7 points");
  assert.equal(numbers.percentPoints(-23.04), "-23.0 points");
  assert.equal(numbers.percentPoints(0), "0.0 points");
});

test("one thing and many things are counted in words that fit", () => {
  assert.equal(numbers.count(1, "account"), "1 account");
  assert.equal(numbers.count(1200, "position"), "1,200 positions");
  assert.equal(numbers.count(0, "analysis", "analyses"), "0 analyses");
});

test("the age of a price is told in the unit that fits", () => {
  const now = new Date("2026-11-27T12:00:00Z");
  assert.equal(times.age("2026-11-27T08:00:00Z", now), "today");
  assert.equal(times.age("2026-11-24T08:00:00Z", now), "3 days ago");
  assert.equal(times.age("2026-05-27T08:00:00Z", now), "6 months ago");
  assert.equal(times.age("2023-12-29T08:00:00Z", now), "3 years ago");
});

test("a calendar date is the same day in every time zone", () => {
  assert.equal(times.calendarDate("2026-11-27"), "Nov 27, 2026");
});

test("durations are short where they are short", () => {
  assert.equal(times.seconds(0.0726), "0.07 s");
  assert.equal(times.seconds(4.23), "4.2 s");
  assert.equal(times.seconds(59.7), "60 s");
  assert.equal(times.seconds(185), "3 min 5 s");
});
