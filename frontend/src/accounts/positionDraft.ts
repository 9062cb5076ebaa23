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
  /** Still being typed, and there is something to choose. */
  | { kind: "choosing"; symbol: string }
  | { kind: "known"; instrument: Instrument } | { kind: "unknown"; symbol: string };

/** @param isTyped The input has the focus: `SP` may become `SPY`. */
export function knowledgeOf(text: string, suggestions: Suggestions, isTyped: boolean): Knowledge {
  const { instruments, isCurrent, failure } = suggestions;
  const symbol = symbolOf(text);
  if (symbol === "") return { kind: "nothing typed" };
  const instrument = instruments.find((each) => each.symbol === symbol);
  if (instrument) return { kind: "known", instrument };
  if (failure !== undefined) return { kind: "unavailable", failure };
  if (isTyped && instruments.length > 0) return { kind: "choosing", symbol };
  return isCurrent ? { kind: "unknown", symbol } : { kind: "looking" };
}

/** Nobody knows a price, so the household may. */
export function lacksPrice(knowledge: Knowledge): boolean {
  return knowledge.kind === "unknown" || (knowledge.kind === "known" && knowledge.instrument.current_price === null);
}

export function heldAlready(text: string, positions: readonly Position[]): Position | undefined {
  return positions.find(({ symbol }) => symbol === symbolOf(text));
}
