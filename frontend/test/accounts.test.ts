import assert from "node:assert/strict";
import { test } from "node:test";
import { accountChange, accountDraftOf, accountProblems, emptyAccount } from "../src/accounts/accountDraft";
import { fits, Suggestions } from "../src/accounts/instruments";
import { lossOf } from "../src/accounts/lossOf";
import { heldAlready, knowledgeOf, lacksPrice, positionProblems, symbolOf } from "../src/accounts/positionDraft";
import { textOf } from "../src/accounts/import/fileText";
import {
  columnNames, draftProblem, draftRows, importDraftOf, needsTarget, withHeadings,
} from "../src/accounts/import/importDraft";
import type { Account, AccountSummary, Instrument, Position } from "../src/api/types";

const account: Account = {
  id: "1", account_name: "IRA", account_purpose: null, cash_balance: "1234.5", cash_interest: "0.0425", created_at: "",
  updated_at: "",
};
const summary: AccountSummary = {
  ...account, total: "1234.5", positions_value: "0", positions_count: 0, percent: 100, unpriced: [],
};
const spy: Instrument = {
  symbol: "SPY", name: "SPDR S&P 500 ETF Trust", instrument_type: "etf", current_price: 450.25,
  allocation_asset_class: { equity: 100 },
};
const priceless: Instrument = {
  symbol: "SPQ", name: "Unpriced", instrument_type: null, current_price: null, allocation_asset_class: null,
};

const looking: Suggestions = { instruments: [], isCurrent: false, failure: undefined };

function answered(instruments: Instrument[]): Suggestions {
  return { instruments, isCurrent: true, failure: undefined };
}

test("an account is edited in percent and dollars, and sent as it is stored", () => {
  const draft = accountDraftOf(account);
  assert.deepEqual(draft, { account_name: "IRA", account_purpose: "", cash_balance: "1,234.5", cash_interest: "4.25" });
  assert.deepEqual(accountChange(draft, draft), {});
  assert.deepEqual(
    accountChange(draft, { ...draft, account_purpose: " House ", cash_balance: "1,234.50", cash_interest: "5" }),
    { account_purpose: "House", cash_interest: "0.05" });
});

test("a purpose and cash are taken away by emptying the input", () => {
  const draft = { ...accountDraftOf(account), account_purpose: "House" };
  assert.deepEqual(
    accountChange(draft, { ...draft, account_purpose: "", cash_balance: "" }), { account_purpose: null, cash_balance: "0" });
});

test("a new account needs a name and no more", () => {
  assert.deepEqual(accountProblems(emptyAccount), { account_name: "Write a name." });
  const draft = { ...emptyAccount, account_name: " IRA " };
  assert.deepEqual(accountProblems(draft), {});
  assert.deepEqual(accountChange(emptyAccount, draft), { account_name: "IRA" });
  assert.deepEqual(accountProblems({ ...draft, cash_balance: "-5", cash_interest: "101" }), {
    cash_balance: "Write a number such as 1,250.5, without a sign.", cash_interest: "It can be at most 100.",
  });
});

test("what is lost is named", () => {
  const held = { ...summary, positions_count: 2, positions_value: "10.5" };
  assert.equal(lossOf(held), "2 positions worth $10.50 and $1,234.50 in cash");
  assert.equal(lossOf({ ...summary, cash_balance: "0" }), "nothing in it");
});

test("a symbol is known, unknown, or not looked up yet, and these are three things", () => {
  assert.equal(knowledgeOf(" spy ", answered([spy]), true).kind, "known");
  assert.equal(knowledgeOf("zz", answered([]), true).kind, "unknown");
  assert.equal(knowledgeOf("zz", looking, true).kind, "looking");
  assert.equal(knowledgeOf("zz", { ...looking, isCurrent: true, failure: new Error("offline") }, true).kind, "unavailable");
  assert.equal(knowledgeOf("", answered([]), true).kind, "nothing typed");
});

test("half a symbol is not called unknown while it is typed", () => {
  assert.equal(knowledgeOf("sp", answered([spy]), true).kind, "choosing");
  assert.equal(knowledgeOf("sp", answered([spy]), false).kind, "unknown");
});

test("a price is asked for only where nobody knows one", () => {
  assert(!lacksPrice(knowledgeOf("SPY", answered([spy]), false)));
  assert(lacksPrice(knowledgeOf("SPQ", answered([spy, priceless]), false)));
  assert(lacksPrice(knowledgeOf("ZZ", answered([spy]), false)));
  assert(!lacksPrice(knowledgeOf("ZZ", looking, false)));
});

test("an older answer suggests only what still fits", () => {
  assert(fits(spy, "sp"));
  assert(fits(spy, "s&p 500"));
  assert(!fits(spy, "spx"));
  assert(!fits(spy, ""));
});

test("a position needs a symbol and a quantity with at most eight decimals", () => {
  assert.deepEqual(positionProblems({ symbol: "brk.b", quantity: "0.00000001", price: "" }, true), {});
  assert.deepEqual(Object.keys(positionProblems({ symbol: "a b", quantity: "0", price: "free" }, true)), [
    "symbol", "quantity", "price",
  ]);
  assert.deepEqual(positionProblems({ symbol: "SPY", quantity: "1", price: "free" }, false), {});
  assert.equal(symbolOf(" straße "), "STRAßE");
});

test("a symbol that is held already is found however it is written", () => {
  const position = { symbol: "SPY" } as Position;
  assert.equal(heldAlready(" spy", [position]), position);
  assert.equal(heldAlready("SP", [position]), undefined);
});

test("a file is read in the encodings that spreadsheets write", () => {
  const utf16 = new Uint8Array([0xff, 0xfe, 0x53, 0x00, 0xfc, 0x00]);
  assert.equal(textOf(utf16), "Sü");
  assert.equal(textOf(new TextEncoder().encode("Sü")), "Sü");
  assert.equal(textOf(new Uint8Array([0x53, 0xfc])), "Sü");
});

test("a file becomes rows, and those without an account go to the first one there is", () => {
  const draft = importDraftOf("a.csv", "Ticker,Account,Shares\nSPY,IRA,1\nVTI,,2", [summary]);
  assert.deepEqual(columnNames(draft), ["Ticker", "Account", "Shares"]);
  assert(needsTarget(draft));
  assert.deepEqual(draft.target, { kind: "existing", id: "1" });
  assert.equal(draftProblem(draft), undefined);
  assert.deepEqual(draftRows(draft).map(({ line, row }) => [line, row]), [
    [2, { account: "IRA", symbol: "SPY", quantity: "1" }], [3, { symbol: "VTI", quantity: "2" }],
  ]);
});

test("without headings columns are named by what is in them", () => {
  const draft = importDraftOf("a.csv", "SPY,1\nVTI,2", []);
  assert.equal(draft.headings, null);
  assert.deepEqual(columnNames(draft), ["Column 1 (SPY)", "Column 2 (1)"]);
  assert.match(draftProblem(draft) ?? "", /^Say which columns/);
  assert.equal(draftProblem(withHeadings(draft, 1)), "There is no line below the headings.");
});

test("a file with nothing in it, or a quote that never ends, is refused with the reason", () => {
  assert.throws(() => importDraftOf("a.csv", "\n\n", []), /^Error: there is nothing in it$/);
  assert.throws(() => importDraftOf("a.csv", 'a,b\n"c,d', []), /line 2 is never closed/);
});
