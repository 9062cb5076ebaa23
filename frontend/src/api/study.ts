/** What a projection says beyond its success. Analyses of before have none of it. */

export interface SafeIncome {
  /** A year, in today's money. */
  usd: number;
  /** Of the balance when retirement begins, in its first year; null where the rule is no constant income. */
  rate_percent: number | null;
  /** How it was found, in words. */
  method: string;
}

/** The smallest change of one kind that brings the success to the goal. */
export interface Fix {
  id: "saving" | "later" | "spending";
  label: string;
  unit: "usd" | "months";
  status: "already_met" | "change" | "cannot_be_met";
  /** What is needed, where it can be had. */
  value?: number;
  /** The most that was tried, where the goal cannot be met. */
  tried?: number;
  success_percent?: number;
}

export interface Cause {
  id: string;
  label: string;
  /** Failing paths. */
  count: number;
  /** Of all failing paths. */
  percent: number;
}

export interface Autopsy {
  failing_paths: number;
  causes: Cause[];
  /** How a cause is told from the others, in words. */
  rules: string;
}

/** What one other assumption would have said. */
export interface Difference {
  id: string;
  label: string;
  success_percent: number;
  /** Beside the plan's own success. */
  points: number;
  same_random_numbers: boolean;
}

/** The plan in every window of a history. */
export interface HistoryOutcome {
  first_year: number;
  last_year: number;
  windows: number;
  success_percent: number;
  failing_start_years: number[];
}

export interface Strategy {
  id: string;
  label: string;
  /** What a year has to pay of the wanted income to count as paid. */
  floor_percent: number;
  success_percent: number;
  /** The middle path's mean yearly income. */
  median_income_usd: number;
  /** One path in ten has a year with less. */
  worst_income_usd: number;
}

/** Members of the projection. */
export interface Study {
  /** The success that is aimed at. */
  goal_percent?: number;
  safe_income?: SafeIncome;
  fixes?: Fix[];
  autopsy?: Autopsy;
  differences?: Difference[];
  /** `reason` where no window is long enough. */
  history?: HistoryOutcome | { windows: 0; reason: string };
  strategy_comparison?: Strategy[];
  /** Choices that were made for the study. */
  study_disclosures?: { id: string; sentence: string }[];
}
