/** What a citation refers to: one fact, or a derivation from several. */
import type { Fact, FactsDocument } from "../api/facts";

export type FactsByID = ReadonlyMap<string, Fact>;

/** Where the facts of an analysis are read. */
export function factsPath(jobID: string): string {
  return `/api/jobs/${encodeURIComponent(jobID)}/facts`;
}

export function factsByID({ facts }: Pick<FactsDocument, "facts">): FactsByID {
  return new Map(facts.map((fact) => [fact.id, fact]));
}

export type Operator = "+" | "-" | "*" | "/";

export interface Derivation {
  /** One more than there are operators. */
  ids: string[];
  operators: Operator[];
}

/** `one.id - other.id`; null when it is a single id. */
export function derivationOf(reference: string): Derivation | null {
  const words = reference.trim().split(/\s+/);
  if (words.length < 3 || words.length % 2 === 0) return null;
  const operators = words.filter((_, index) => index % 2 === 1);
  if (!operators.every((word): word is Operator => /^[-+*/]$/.test(word))) return null;
  return { ids: words.filter((_, index) => index % 2 === 0), operators };
}

/** As formulas are written on paper. */
export const signs: Record<Operator, string> = { "+": "+", "-": "−", "*": "×", "/": "÷" };
