/** What the self-test has found: `GET /api/selftest`. */
import { count } from "../format/numbers";

type Value = number | string | null;

export interface SelfTestCase {
  name: string;
  /** Who has published what is expected. */
  source: string;
  expected: Value;
  got: Value;
  tolerance: Value;
  unit: string;
  passed: boolean;
}

export interface SelfTestGroup {
  name: string;
  description: string;
  cases: SelfTestCase[];
}

export interface SelfTest {
  passed: number;
  failed: number;
  seconds: number;
  version: string;
  groups: SelfTestGroup[];
}

export function isSelfTest(answer: unknown): answer is SelfTest {
  const { passed, failed, groups } = (answer ?? {}) as Partial<SelfTest>;
  return typeof passed === "number" && typeof failed === "number" && Array.isArray(groups);
}

/** `All 41 checks passed`, `2 of 41 checks failed` */
export function totalWords({ passed, failed }: Pick<SelfTest, "passed" | "failed">): string {
  const all = count(passed + failed, "check");
  if (passed + failed === 0) return "Nothing was checked";
  if (failed > 0) return `${failed} of ${all} failed`;
  return passed === 1 ? "1 check passed" : `All ${all} passed`;
}

/** A value as it was sent, with its unit; what is not defined is said to be. */
export function valueWords(value: Value | undefined, unit: string): string {
  if (value == null) return "not defined";
  // More digits say nothing beside the tolerance.
  const text = typeof value === "number" ? String(Number(value.toPrecision(10))) : value;
  return `${text} ${unit}`.trim();
}

/** `± 0.01 percent`; equal where nothing is tolerated. */
export function toleranceWords(tolerance: Value | undefined, unit: string): string {
  if (tolerance == null || Number(tolerance) === 0) return "exact";
  return `± ${valueWords(tolerance, unit)}`;
}
