/** What a chart shows, apart from how it is drawn. */
import { Amount, money, percent, shortMoney, unknown } from "../format/numbers";

export interface Point {
  name: string;
  /** An exact decimal as the API sends it, or a number. */
  value: Amount;
  /** `#RRGGBB`; the palette's next one without it. */
  color?: string;
  /** The id of the fact that the value is. */
  fact?: string;
}

export type Unit = "dollars" | "percent";

/** As large as a value may be missed by, in the unit: what rounding to the cent leaves. */
const tolerance = 1e-9;

/**
 * What part of the sum of all each point is, 0...100.
 *
 * @returns Null for each where the points make no whole: nothing adds up to a share with negative or no values.
 */
export function shares(points: readonly Point[]): (number | null)[] {
  const values = points.map(({ value }) => Number(value));
  const sum = values.reduce((total, value) => total + value, 0);
  const isWhole = sum > tolerance && values.every((value) => value >= 0);
  return values.map((value) => (isWhole ? (value / sum) * 100 : null));
}

/** What the values add up to, to the cent. */
export function totalOf(points: readonly Point[]): number {
  return Math.round(points.reduce((sum, { value }) => sum + Number(value), 0) * 100) / 100;
}

/** A value in full. */
export function valueText(value: Amount | null | undefined, unit: Unit): string {
  if (value == null) return unknown;
  return unit === "dollars" ? money(value) : percent(Number(value));
}

/** A value beside an axis. */
export function axisText(value: Amount, unit: Unit): string {
  return unit === "dollars" ? shortMoney(value) : `${Number(value)}%`;
}

/** `$1,200.00 (12.0%)`: what a tooltip says. */
export function valueAndShare(value: Amount, share: number | null | undefined, unit: Unit): string {
  const text = valueText(value, unit);
  return share == null || unit === "percent" ? text : `${text} (${percent(share)})`;
}
