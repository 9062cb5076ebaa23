/** A position before it is added. */
import type { Instrument, Position } from "../api/types";
import { amountProblem, prices, shares } from "../format/amounts";
import type { Suggestions } from "./instruments";

export interface PositionDraft {
  symbol: string;
  quantity: string;
  /** Asked for where nobody knows one; may stay empty. */
  price: string;
}

/** As the API takes symbols (`Sources/Finance/Holdings/Symbol.swift`). */
const symbolPattern = /^[A-Z0-9.\-^=]{1,20}$/;

/** As it will be stored: without spaces around it, in capitals. */
export function symbolOf(text: string): string {
  return text.trim().replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

export function positionProblems(draft: PositionDraft, needsPrice: boolean): Partial<Record<keyof PositionDraft, string>> {
  const found: [keyof PositionDraft, string | undefined][] = [
    ["symbol", symbolPattern.test(symbolOf(draft.symbol)) ? undefined : "Write a ticker symbol such as SPY or BRK.B."],
    ["quantity", amountProblem(draft.quantity, shares)],
    ["price", needsPrice && draft.price.trim() !== "" ? amountProblem(draft.price, prices) : undefined],
  ];
  return Object.fromEntries(found.filter(([, problem]) => problem !== undefined));
}

/** What is known of the symbol that is typed. */
export type Knowledge =
  | { kind: "nothing typed" } | { kind: "looking" } | { kind: "unavailable"; failure: unknown }
  | { kind: "known"; instrument: Instrument } | { kind: "unknown"; symbol: string };

/** @param found Null while it is looked up. */
export function knowledgeOf(text: string, found: Suggestions | null): Knowledge {
  const symbol = symbolOf(text);
  if (symbol === "") return { kind: "nothing typed" };
  if (found === null) return { kind: "looking" };
  if (found.failure !== undefined) return { kind: "unavailable", failure: found.failure };
  const instrument = found.instruments.find((each) => each.symbol === symbol);
  return instrument ? { kind: "known", instrument } : { kind: "unknown", symbol };
}

/** Nobody knows a price, so the household may. */
export function lacksPrice(knowledge: Knowledge): boolean {
  return knowledge.kind === "unknown" || (knowledge.kind === "known" && knowledge.instrument.current_price === null);
}

export function heldAlready(text: string, positions: readonly Position[]): Position | undefined {
  return positions.find(({ symbol }) => symbol === symbolOf(text));
}
