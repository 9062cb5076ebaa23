import assert from "node:assert/strict";
import { test } from "node:test";
import { FileRow, InterruptedImport, mostRowsAtOnce, refusedRows, rowsOf, sendRows } from "../src/accounts/import/importRows";
import type { ImportAnswer, ImportRow } from "../src/api/types";

const mapping = { account: 0, symbol: 1, quantity: 2, price: null, cash: null, purpose: null };

function rows(count: number, symbol: (index: number) => string = (index) => `S${index}`): FileRow[] {
  return Array.from({ length: count }, (_, index) => ({
    line: index + 2, cells: [symbol(index)], row: { account: "A", symbol: symbol(index), quantity: "1" },
  }));
}

function taken(sent: ImportRow[]): ImportAnswer {
  return {
    dry_run: false, accounts_created: ["A"], counts: { added: sent.length, updated: 0, already_there: 0, refused: 0 },
    rows: sent.map(({ symbol }, index) => ({
      row: index + 1, outcome: "added", account: "A", symbol: symbol ?? null, message: null,
    })),
  };
}

test("cells become members, empty ones are left out, and a new account takes rows without one", () => {
  const records = [{ line: 2, cells: ["IRA", "SPY", "1.5"] }, { line: 3, cells: ["", "VTI", "2"] }];
  const reading = { mapping, hasDecimalComma: false, target: { kind: "new", name: "Broker" } as const };
  assert.deepEqual(rowsOf(records, reading).map(({ row }) => row), [
    { account: "IRA", symbol: "SPY", quantity: "1.5" }, { account: "Broker", symbol: "VTI", quantity: "2" },
  ]);
});

test("rows for an account that is there keep none of their own", () => {
  const reading = { mapping, hasDecimalComma: false, target: { kind: "existing", id: "1" } as const };
  assert.deepEqual(rowsOf([{ line: 1, cells: ["", "SPY", "1"] }], reading)[0]?.row, { symbol: "SPY", quantity: "1" });
});

test("decimal commas become points in amounts and nowhere else", () => {
  const records = [{ line: 1, cells: ["Konto, alt", "SPY", "1.234,50"] }, { line: 2, cells: ["K", "VTI", "1.23.4"] }];
  const reading = { mapping, hasDecimalComma: true, target: { kind: "existing", id: "1" } as const };
  assert.deepEqual(rowsOf(records, reading).map(({ row }) => row), [
    { account: "Konto, alt", symbol: "SPY", quantity: "1234.50" }, { account: "K", symbol: "VTI", quantity: "1.23.4" },
  ]);
});

test("many rows go in slices, are counted together, and progress is told", async () => {
  const sizes: number[] = [];
  const progress: number[] = [];
  const result = await sendRows(rows(2 * mostRowsAtOnce + 5), (sent) => {
    sizes.push(sent.length);
    return Promise.resolve(taken(sent));
  }, (done) => progress.push(done));
  assert.deepEqual(sizes, [1000, 1000, 5]);
  assert.deepEqual(progress, [1000, 2000, 2005]);
  assert.equal(result.counts.added, 2005);
  assert.deepEqual(result.accountsCreated, ["A"]);
  assert.deepEqual(result.results.map(({ line }) => line), rows(2005).map(({ line }) => line));
});

test("a position of an earlier slice is not overwritten by a later one", async () => {
  const all = rows(mostRowsAtOnce + 2, (index) => (index === mostRowsAtOnce ? "s7" : `S${index}`));
  const sent: string[] = [];
  const result = await sendRows(all, (slice) => {
    sent.push(...slice.map(({ symbol }) => symbol ?? ""));
    return Promise.resolve(taken(slice));
  });
  assert(!sent.includes("s7"));
  assert.equal(result.counts.refused, 1);
  assert.equal(result.results[mostRowsAtOnce]?.message, "s7 is already in this account, on line 9");
});

test("when a later slice fails it is told what was done before", async () => {
  let calls = 0;
  const failing = sendRows(rows(mostRowsAtOnce + 1), (slice) => {
    calls += 1;
    return calls === 1 ? Promise.resolve(taken(slice)) : Promise.reject(new Error("the server cannot be reached"));
  });
  await assert.rejects(failing, (failure: unknown) =>
    failure instanceof InterruptedImport && failure.done === 1000 && failure.all === 1001);
});

test("a failure of the first slice is that failure", async () => {
  await assert.rejects(sendRows(rows(1), () => Promise.reject(new Error("no"))), /^Error: no$/);
});

test("refused rows are written with their headings and the reason", () => {
  const results = [
    { line: 2, cells: ["SPY", "1"], outcome: "added", account: "A", symbol: "SPY", message: null },
    { line: 3, cells: ["?"], outcome: "refused", account: "A", symbol: null, message: "not a symbol" },
  ] as const;
  const list = results.map((result) => ({ ...result, cells: [...result.cells] }));
  assert.deepEqual(refusedRows(["Ticker", "Qty"], list), [["Ticker", "Qty", "problem"], ["?", "", "not a symbol"]]);
  assert.deepEqual(refusedRows(null, list), [["?", "not a symbol"]]);
});
