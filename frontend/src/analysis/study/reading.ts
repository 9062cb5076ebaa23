/** A study as an analysis keeps it. What is not written as this page expects it is not shown, instead of shown wrong. */
import type { Autopsy, Cause, Difference, Fix, HistoryOutcome, SafeIncome, Strategy, Study } from "../../api/study";

type Members = Record<string, unknown>;

function members(value: unknown): Members | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : null;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** The rows of a list that have all their numbers and texts; null without any. */
function rows<Row>(
  value: unknown, numbers: readonly (keyof Row & string)[], texts: readonly (keyof Row & string)[],
): Row[] | null {
  if (!Array.isArray(value)) return null;
  const whole = value.filter((row) => has(row, numbers, texts)) as Row[];
  return whole.length > 0 ? whole : null;
}

function has(value: unknown, numbers: readonly string[], texts: readonly string[]): boolean {
  const found = members(value);
  return found !== null && numbers.every((name) => isNumber(found[name]))
    && texts.every((name) => typeof found[name] === "string");
}

export interface ReadStudy {
  /** The success that is aimed at; null where it is not said. */
  goal: number | null;
  safe: SafeIncome | null;
  fixes: Fix[] | null;
  autopsy: Autopsy | null;
  differences: Difference[] | null;
  history: Study["history"] | null;
  strategies: Strategy[] | null;
  disclosures: string[];
}

export function readStudy(study: Study): ReadStudy {
  const disclosures = rows<{ sentence: string }>(study.study_disclosures, [], ["sentence"]) ?? [];
  return {
    goal: isNumber(study.goal_percent) ? study.goal_percent : null,
    safe: has(study.safe_income, ["usd"], ["method"]) ? study.safe_income as SafeIncome : null,
    fixes: rows<Fix>(study.fixes, [], ["id", "label", "unit", "status"]),
    autopsy: autopsy(study.autopsy),
    differences: rows<Difference>(study.differences, ["success_percent", "points"], ["id", "label"]),
    history: history(study.history),
    strategies: rows<Strategy>(
      study.strategy_comparison, ["success_percent", "median_income_usd", "worst_income_usd"], ["id", "label"]),
    disclosures: disclosures.map(({ sentence }) => sentence),
  };
}

function autopsy(value: unknown): Autopsy | null {
  if (!has(value, ["failing_paths"], ["rules"])) return null;
  const found = value as Autopsy;
  return { ...found, causes: rows<Cause>(found.causes, ["count", "percent"], ["id", "label"]) ?? [] };
}

function history(value: unknown): ReadStudy["history"] {
  if (has(value, [], ["reason"])) return value as { windows: 0; reason: string };
  const isWhole = has(value, ["first_year", "last_year", "windows", "success_percent"], [])
    && Array.isArray((value as HistoryOutcome).failing_start_years);
  return isWhole ? (value as HistoryOutcome) : null;
}
