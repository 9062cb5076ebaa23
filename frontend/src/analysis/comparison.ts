/** The facts of this analysis beside those of the one before it. */
import type { Fact, FactsDocument } from "../api/facts";
import { combined } from "../facts/decimals";
import { FactsByID, factsByID } from "../facts/references";
import { money, percentPoints, quantity, unknown } from "../format/numbers";

export interface ComparisonRow {
  title: string;
  now: string;
  before: string;
  /** With sign and word: `+$1,200.00, more`. */
  difference: string;
  /** Whether the change is for the better; null where neither is. */
  isGain: boolean | null;
  /** The facts' ids, where they are there. */
  nowFact?: string;
}

export interface Comparison {
  rows: ComparisonRow[];
  /** What the two do not have in common; empty when they rest on the same inputs. */
  differentInputs: string[];
}

interface Metric {
  id: string;
  title: string;
  /** Whether more of it is for the better; null where neither is. */
  isGood: boolean | null;
  /** Whether it is said what the fact is about. */
  namesSubject?: boolean;
}

const beforeClasses: Metric[] = [
  { id: "portfolio.total.usd", title: "Total value", isGood: true },
  { id: "portfolio.cash.percent", title: "Cash, share of the total", isGood: null },
];
const afterClasses: Metric[] = [
  { id: "allocation.drift.percent", title: "Away from the targets by asset class", isGood: false },
  { id: "region.drift.percent", title: "Away from the targets by region", isGood: false },
  { id: "concentration.largest.percent", title: "Largest holding", isGood: null, namesSubject: true },
  { id: "concentration.effective.count", title: "Effective number of holdings", isGood: null },
  { id: "retirement.success.percent", title: "Futures that pay the income to the end", isGood: true },
  { id: "retirement.start.p50.usd", title: "Median at retirement", isGood: true },
];

/** What the household or Alex has set, so that a change of it is a reason for other numbers. */
const inputs: Record<string, string> = {
  "investor.retirement.years": "retirement begins in", "retirement.length.years": "retirement is taken to last",
  "investor.target_income.usd": "the income wanted is", "retirement.contribution.usd": "the yearly saving is",
  "retirement.inflation.percent": "the assumed yearly inflation is",
};

/** The parts, and what is not classified; not their sum. */
const classValue = /^allocation\.(?!total\.)[a-z_]+\.usd$/;

export function compare(now: FactsDocument, before: FactsDocument): Comparison {
  const [current, earlier] = [factsByID(now), factsByID(before)];
  const classes = assetClasses(current, earlier);
  const rows = [...beforeClasses, ...classes, ...afterClasses].flatMap((metric) => row(metric, current, earlier) ?? []);
  return { rows, differentInputs: differentInputs(current, earlier) };
}

/** Each class in which one of the two has something, in the order of their tables. */
function assetClasses(now: FactsByID, before: FactsByID): Metric[] {
  const ids = new Set([...now.keys(), ...before.keys()].filter((id) => classValue.test(id)));
  return [...ids].flatMap((id) => {
    const [current, earlier] = [now.get(id), before.get(id)];
    const subject = (current ?? earlier)?.subject ?? id;
    const isEmpty = Number(current?.value ?? 0) === 0 && Number(earlier?.value ?? 0) === 0;
    return isEmpty ? [] : [{ id, title: subject.charAt(0).toUpperCase() + subject.slice(1), isGood: null }];
  });
}

/** Null when neither has it. */
function row({ id, title, isGood, namesSubject = false }: Metric, current: FactsByID, earlier: FactsByID): ComparisonRow | null {
  const [now, before] = [current.get(id), earlier.get(id)];
  if (!now && !before) return null;
  const text = (fact: Fact | undefined): string => (fact ? `${namesSubject ? `${fact.subject}, ` : ""}${fact.text}` : unknown);
  return {
    title, now: text(now), before: text(before), ...(now ? { nowFact: id } : {}),
    ...(now && before ? difference(now, before, isGood) : { difference: unknown, isGain: null }),
  };
}

const noDifference = { difference: "no difference", isGain: null };

function difference(now: Fact, before: Fact, isGood: boolean | null): Pick<ComparisonRow, "difference" | "isGain"> {
  if (now.unit !== before.unit) return { difference: unknown, isGain: null };
  const exact = combined(now.value, "-", before.value);
  const value = Number(exact);
  // What is written as 0.0 is no difference.
  if (value === 0 || (now.unit === "percent" && Math.abs(value) < 0.05)) return noDifference;
  const isGain = isGood === null ? null : value > 0 === isGood;
  const sign = value > 0 ? "+" : "";
  switch (now.unit) {
    case "usd": return { difference: `${sign}${money(exact)}, ${value > 0 ? "more" : "less"}`, isGain };
    case "percent": return { difference: `${percentPoints(value)}, ${value > 0 ? "more" : "less"}`, isGain };
    default: return { difference: `${sign}${quantity(exact)}, ${value > 0 ? "more" : "fewer"}`, isGain };
  }
}

function differentInputs(now: FactsByID, before: FactsByID): string[] {
  return Object.entries(inputs).flatMap(([id, words]) => {
    const [current, earlier] = [now.get(id), before.get(id)];
    if (!current || !earlier || String(current.value) === String(earlier.value)) return [];
    return [`${words} ${current.text}, before ${earlier.text}`];
  });
}
