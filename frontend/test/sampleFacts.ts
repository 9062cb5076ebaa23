/** Facts as the API sends them, for tests. */
import type { Fact, FactsDocument } from "../src/api/facts";

/** The share of equity; `changes` takes the place of its members. */
export function fact(changes: Partial<Fact> = {}): Fact {
  return {
    id: "allocation.equity.percent", subject: "Equity", metric: "share by asset class", value: "62.041237", unit: "percent",
    currency: null, as_of: null, method: "value divided by everything that is classified", inputs: [], text: "62.0%", ...changes,
  };
}

export function facts(...list: Fact[]): FactsDocument {
  return { version: 1, as_of: "2026-11-27T10:00:00Z", names: ["Roth IRA"], facts: list };
}
