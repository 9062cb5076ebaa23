import assert from "node:assert/strict";
import { test } from "node:test";
import { readCsv } from "../src/accounts/import/csv";
import { guessDecimalComma, guessHeadings, guessMapping, mappingProblem } from "../src/accounts/import/mapping";

const none = { account: null, symbol: null, quantity: null, price: null, cash: null, purpose: null };

test("the columns of the own export are known", () => {
  assert.deepEqual(
    guessMapping(["account", "symbol", "quantity", "cash", "price", "purpose"]),
    { account: 0, symbol: 1, quantity: 2, cash: 3, price: 4, purpose: 5 });
});

test("the usual headings of brokers are known", () => {
  assert.deepEqual(
    guessMapping(["Account Number", "Account Name", "Symbol", "Description", "Quantity", "Last Price", "Current Value"]),
    { ...none, account: 1, symbol: 2, quantity: 4, price: 5 });
  assert.deepEqual(
    guessMapping(["Ticker", "Shares", "Share Price", "Total Value"]), { ...none, symbol: 0, quantity: 1, price: 2 });
  assert.deepEqual(guessMapping(["Symbol", "Qty (Quantity)", "Price ($)"]), { ...none, symbol: 0, quantity: 1, price: 2 });
});

test("a column is one thing only, and unknown headings are nothing", () => {
  assert.deepEqual(guessMapping(["Symbol", "Symbol", "Weight"]), { ...none, symbol: 0 });
  assert.deepEqual(guessMapping(["Date", "Note"]), none);
});

test("headings are found below a title", () => {
  const { records } = readCsv("Positions for account 123 as of today\n\nSymbol,Qty,Price\nSPY,1,450");
  assert.equal(guessHeadings(records), 1);
});

test("unknown words above numbers are headings, numbers are not", () => {
  assert.equal(guessHeadings(readCsv("Papier,Menge\nSPY,10").records), 0);
  assert.equal(guessHeadings(readCsv("SPY,10\nVTI,20").records), null);
  assert.equal(guessHeadings([]), null);
});

test("decimal commas are seen where nothing else is possible", () => {
  const mapping = { ...none, symbol: 0, quantity: 1 };
  assert(guessDecimalComma(readCsv("SPY;10,5\nVTI;1.234,25").records, mapping));
  assert(!guessDecimalComma(readCsv("SPY;10.5\nVTI;20").records, mapping));
  assert(!guessDecimalComma(readCsv('SPY,"1,234"\nVTI,20').records, mapping));
});

test("a file needs symbol and quantity, or cash alone, and each column once", () => {
  assert.equal(mappingProblem({ ...none, symbol: 0, quantity: 1 }), undefined);
  assert.equal(mappingProblem({ ...none, account: 0, cash: 1 }), undefined);
  assert.match(mappingProblem({ ...none, symbol: 0, cash: 1 }) ?? "", /symbol and the quantity/);
  assert.match(mappingProblem({ ...none, symbol: 0, quantity: 0 }) ?? "", /only one thing/);
});
