/** What a projection says beyond its success. Analyses of before have none of it, and later ones may lack a part. */

export interface SafeIncome {
  /** A year, in today's money. */
  income_usd: number;
  /** Of the balance when retirement begins, in its first year; null where the rule is no constant income. */
  rate_percent: number | null;
  /** The success it is meant for. */
  goal_percent: number;
  /** How it was found, in words. */
  method: string;
}

/** The smallest change of one kind that brings the success to the goal. */
export interface Fix {
  kind: "saving" | "later" | "spending";
  title: string;
  outcome: "already_met" | "change" | "cannot_be_met";
  /** Dollars a year, or months: what is needed, or the most that was tried; null where nothing is. */
  change: number | null;
  success_percent: number | null;
}

export interface Autopsy {
  failing_paths: number;
  paths: number;
  causes: { cause: string; title: string; count: number }[];
  /** How a cause is told from the others, in words. */
  rules: string;
}

/** What one other assumption would have said. */
export interface Difference {
  change: string;
  label: string;
  success_percent: number;
  /** Beside the plan's own success. */
  points: number;
}

/** The plan in every window of a history; `reason` where no window is long enough. */
export interface HistoryOutcome {
  first_year: number;
  last_year: number;
  windows: number;
  paid: number;
  success_percent: number;
  worst_start_year: number;
  best_start_year: number;
  failing_start_years: number[];
}

export interface Strategy {
  id: string;
  title: string;
  success_percent: number;
  /** The middle path's mean yearly income. */
  median_income_usd: number;
  /** One path in ten has a year with less. */
  worst_income_usd: number;
}

export interface Study {
  safe_income?: SafeIncome | null;
  fixes?: Fix[] | null;
  autopsy?: Autopsy | null;
  differences?: Difference[] | null;
  history?: HistoryOutcome | { reason: string } | null;
  strategy_comparison?: Strategy[] | null;
}
