/** Targets while they are typed: percentages by category, as text, that have to make a whole. */
import type { Targets } from "../api/types";

/** What stands in the inputs; an empty one is 0. */
export interface TargetTexts {
  [category: string]: string;
}

/** As far from 100 as the API allows (`Allocation.tolerancePercent`): thirds cannot be written exactly. */
const tolerancePercent = 0.05;

const readable = /^\d*\.?\d*$/;

/** Every category has an input, also those without a target. */
export function textsOf(targets: Targets, categories: readonly string[]): TargetTexts {
  return Object.fromEntries(categories.map((category) => [category, String(targets[category] ?? 0)]));
}

/** Undefined when the text is no percentage from 0 to 100. */
function percentOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return 0;
  const value = readable.test(trimmed) && trimmed !== "." ? Number(trimmed) : Number.NaN;
  return value >= 0 && value <= 100 ? value : undefined;
}

/** What is to be saved: categories with a share; undefined while an input cannot be read. */
export function targetsOf(texts: TargetTexts): Targets | undefined {
  const targets: Targets = {};
  for (const [category, text] of Object.entries(texts)) {
    const percent = percentOf(text);
    if (percent === undefined) return undefined;
    if (percent > 0) targets[category] = percent;
  }
  return targets;
}

export interface TargetSum {
  /** Undefined while an input cannot be read. */
  sumPercent: number | undefined;
  isWhole: boolean;
  /** `Sum 95%: 5 points are missing.` */
  sentence: string;
}

/** The sum as it is typed, and what is missing from 100 or too much. */
export function targetSum(texts: TargetTexts): TargetSum {
  const targets = targetsOf(texts);
  if (targets === undefined) {
    return { sumPercent: undefined, isWhole: false, sentence: "Every share must be a number from 0 to 100." };
  }
  const exact = Object.values(targets).reduce((sum, percent) => sum + percent, 0);
  const sumPercent = rounded(exact);
  const difference = rounded(100 - exact);
  if (Math.abs(difference) <= tolerancePercent) return { sumPercent, isWhole: true, sentence: `Sum ${sumPercent}%: complete.` };
  const points = `${Math.abs(difference)} ${Math.abs(difference) === 1 ? "point" : "points"}`;
  const verb = Math.abs(difference) === 1 ? "is" : "are";
  const what = difference > 0 ? `${points} ${verb} missing` : `${points} ${verb} too much`;
  return { sumPercent, isWhole: false, sentence: `Sum ${sumPercent}%: ${what}.` };
}

export function isSameTargets(left: Targets, right: Targets): boolean {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => (left[name] ?? 0) === (right[name] ?? 0));
}

/** Sums of decimals as people would write them. */
function rounded(percent: number): number {
  return Math.round(percent * 10_000) / 10_000;
}
