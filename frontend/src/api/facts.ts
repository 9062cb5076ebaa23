/** Facts and verdicts, as the web API sends them: what was computed, what cites it, and how the words were judged. */

export type FactUnit =
  | "usd" | "percent" | "points" | "years" | "count" | "date" | "days" | "shares" | "ratio" | "year";

export interface Fact {
  /** `allocation.equity.percent` */
  id: string;
  /** What it is about: `Equity`, `SPY`, the name of an account. */
  subject: string;
  /** What is said about it: `share by asset class`. */
  metric: string;
  /** A decimal as it is stored. */
  value: string | number;
  unit: FactUnit;
  currency: string | null;
  /** When it was true, where it depends on prices. */
  as_of: string | null;
  /** How it was computed, in words. */
  method: string;
  /** The facts it was computed from. */
  inputs: string[];
  /** The value as it is printed: `62.0%`. */
  text: string;
}

/** `GET /api/jobs/{id}/facts` */
export interface FactsDocument {
  version: number;
  /** Null as long as there are no facts. */
  as_of: string | null;
  names: string[];
  facts: Fact[];
}

/** Where in a text, in UTF-16 code units, and the fact: an id, or a derivation such as `one.id - other.id`. */
export type Citation = [at: number, length: number, fact: string];

/** Words of a model that were refused. */
export interface Violation {
  part: string;
  at: number;
  text: string;
  reason: string;
}

export type VerdictStatus = "verified" | "plain" | "mixed";

/** Of one section: whether all its numbers are facts. */
export interface Verdict {
  status: VerdictStatus;
  /** How many were checked. */
  numbers: number;
  /** Whether the model had to write a second time. */
  repaired?: boolean;
  /** What code wrote, because the model's words were refused. */
  plain_parts?: string[];
  violations?: Violation[];
}

export type VerdictSection = "report" | "charts" | "retirement" | "summary";

export interface JobVerdict {
  status: VerdictStatus;
  /** Of all sections together. */
  numbers: number;
  sections: Partial<Record<VerdictSection, Verdict | null>>;
}

/** What a second model thinks of the words; nothing depends on it. */
export type Review = { tone: number; clarity: number; comment: string } | { error: string };
