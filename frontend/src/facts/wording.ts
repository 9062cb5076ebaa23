/** How facts are said. */
import type { Fact, FactUnit } from "../api/facts";
import { age, calendarDate, moment } from "../format/times";
import { combined } from "./decimals";
import type { Derivation, FactsByID } from "./references";

const unitWords: Record<FactUnit, string> = {
  usd: "US dollars", percent: "percent", points: "percentage points", years: "years", count: "", days: "days", shares: "shares",
  date: "days since 1 January 1970", ratio: "(a ratio, without a unit)", year: "(a calendar year)",
};

/** `Equity: share by asset class`, with a capital. */
export function titleOf({ subject, metric }: Pick<Fact, "subject" | "metric">): string {
  const text = `${subject}: ${metric}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The value with every digit it is stored with: `62.041237 percent`. */
export function exactValue({ value, unit }: Pick<Fact, "value" | "unit">): string {
  // A unit that this page does not know yet is said as it is.
  return `${value} ${unitWords[unit] ?? unit}`.trim();
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** `Nov 20, 2026, 9:00 PM, 7 days ago` */
export function whenTrue(asOf: string, now: Date = new Date()): string {
  return `${day.test(asOf) ? calendarDate(asOf) : moment(asOf)}, ${age(asOf, now)}`;
}

/**
 * What a derivation comes to.
 *
 * @returns Exact for sums and differences, rounded where something is divided or multiplied; null without all facts.
 */
export function derivedValue({ ids, operators }: Derivation, facts: FactsByID): string | null {
  const values = ids.map((id) => facts.get(id)?.value);
  let result = values[0];
  for (const [index, operator] of operators.entries()) {
    const next = values[index + 1];
    if (result === undefined || next === undefined) return null;
    if (operator === "+" || operator === "-") result = combined(result, operator, next);
    else result = rounded(operator === "*" ? Number(result) * Number(next) : Number(result) / Number(next));
    if (result === "") return null;
  }
  return result === undefined ? null : String(result);
}

const digits = 10;

/** Empty where nothing is defined, as for a division by zero. */
function rounded(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : "";
}
