/** This analysis beside the one before it. */
import type { Job, Projection } from "../api/types";
import { count, money, percent, percentPoints, roundMoney } from "../format/numbers";
import { calendarDate } from "../format/times";

export interface ComparisonRow {
  title: string;
  now: string;
  before: string;
  /** With sign and word: `+$1,200.00, more`. */
  difference: string;
  /** Whether the change is for the better; null where neither is. */
  isGain: boolean | null;
}

export interface Comparison {
  rows: ComparisonRow[];
  /** What the two do not have in common; empty when they rest on the same inputs. */
  differentInputs: string[];
}

export function compare(now: Job, before: Job): Comparison {
  const [projection, earlier] = [now.retirement_payload?.projection, before.retirement_payload?.projection];
  const total = dollarRow("Total value", totalOf(now), totalOf(before), true);
  const retirement = projection && earlier ? retirementRows(projection, earlier) : [];
  return {
    rows: [...(total ? [total] : []), ...assetRows(now, before), ...retirement],
    differentInputs: projection && earlier ? differentInputs(projection, earlier) : [],
  };
}

/** What the projection begins with, which is all the household has; else what the chart of asset classes adds up to. */
function totalOf(job: Job): number | undefined {
  const start = job.retirement_payload?.projection?.starting_balance_usd;
  if (start !== undefined) return start;
  const points = job.charts_payload?.["asset_classes"]?.data;
  return points && toCents(points.reduce((sum, { value }) => sum + value, 0));
}

/** Values have cents; sums and differences of them have no more. */
function toCents(value: number): number {
  return Math.round(value * 100) / 100;
}

function assetRows(now: Job, before: Job): ComparisonRow[] {
  const [current, earlier] = [valuesByName(now), valuesByName(before)];
  if (!current || !earlier) return [];
  const names = [...new Set([...current.keys(), ...earlier.keys()])];
  // A class that the chart does not have has nothing in it.
  return names.flatMap((name) => dollarRow(name, current.get(name) ?? 0, earlier.get(name) ?? 0, false) ?? []);
}

function valuesByName(job: Job): Map<string, number> | null {
  const points = job.charts_payload?.["asset_classes"]?.data;
  return points ? new Map(points.map(({ name, value }) => [name, value])) : null;
}

function retirementRows(now: Projection, before: Projection): ComparisonRow[] {
  const success: ComparisonRow = {
    title: "Futures that pay the income to the end", now: percent(now.success_percent), before: percent(before.success_percent),
    ...pointDifference(now.success_percent - before.success_percent),
  };
  const median = dollarRow("Median at retirement", now.balance_at_retirement.p50, before.balance_at_retirement.p50, true);
  const income = dollarRow("Income wanted, a year", now.target_income_usd, before.target_income_usd, false);
  return [success, ...(median ? [median] : []), ...(income ? [income] : [])];
}

function pointDifference(points: number): Pick<ComparisonRow, "difference" | "isGain"> {
  // What is written as 0.0 is no difference.
  if (Math.abs(points) < 0.05) return { difference: "no difference", isGain: null };
  return { difference: `${percentPoints(points)}, ${points > 0 ? "more" : "fewer"}`, isGain: points > 0 };
}

function dollarRow(title: string, now: number | undefined, before: number | undefined, isGood: boolean): ComparisonRow | null {
  if (now === undefined || before === undefined) return null;
  return { title, now: money(now), before: money(before), ...dollarDifference(toCents(now - before), isGood) };
}

/** @param isGood Whether more of it is for the better. */
function dollarDifference(dollars: number, isGood: boolean): Pick<ComparisonRow, "difference" | "isGain"> {
  if (dollars === 0) return { difference: "no difference", isGain: null };
  return {
    difference: dollars > 0 ? `+${money(dollars)}, more` : `${money(dollars)}, less`,
    isGain: isGood ? dollars > 0 : null,
  };
}

function differentInputs(now: Projection, before: Projection): string[] {
  const inputs: [string, string, string][] = [
    ["retirement begins in", count(now.years_until_retirement, "year"), count(before.years_until_retirement, "year")],
    ["retirement is taken to last", count(now.retirement_years, "year"), count(before.retirement_years, "year")],
    ["the income wanted is", roundMoney(now.target_income_usd), roundMoney(before.target_income_usd)],
    ["the yearly saving is", roundMoney(now.yearly_contribution_usd), roundMoney(before.yearly_contribution_usd)],
    ["the return assumptions are of", calendarDate(now.assumptions_vintage), calendarDate(before.assumptions_vintage)],
  ];
  return inputs.filter(([, current, earlier]) => current !== earlier)
    .map(([what, current, earlier]) => `${what} ${current}, before ${earlier}`);
}
