/** How amounts, quantities and percentages are written: by `Intl`, in the visitor's language. */

/** An exact decimal as the API sends it, or a number. */
export type Amount = string | number;

/** What is not known is said to be unknown, never 0. */
export const unknown = "–";

const language = typeof navigator === "undefined" ? "en-US" : navigator.language;

const dollarsAndCents = new Intl.NumberFormat(language, { style: "currency", currency: "USD" });
const wholeDollars = new Intl.NumberFormat(language, { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const shortDollars = new Intl.NumberFormat(language, {
  style: "currency", currency: "USD", notation: "compact", maximumFractionDigits: 1,
});
const quantities = new Intl.NumberFormat(language, { maximumFractionDigits: 8 });
const prices = new Intl.NumberFormat(language, {
  style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4,
});
const percents = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const points = new Intl.NumberFormat(language, {
  minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero",
});
const counts = new Intl.NumberFormat(language);

/** `Intl` reads decimal text exactly (ECMA-402, 2023); the compiler's library does not know that yet. */
function exact(amount: Amount): number {
  return amount as number;
}

export function money(amount: Amount | null | undefined): string {
  return amount == null ? unknown : dollarsAndCents.format(exact(amount));
}

export function roundMoney(amount: Amount | null | undefined): string {
  return amount == null ? unknown : wholeDollars.format(exact(amount));
}

/** `$248.2K`: for axes and small places. */
export function shortMoney(amount: Amount | null | undefined): string {
  return amount == null ? unknown : shortDollars.format(exact(amount));
}

/** A price has at least two decimals and shows up to four. */
export function price(amount: Amount | null | undefined): string {
  return amount == null ? unknown : prices.format(exact(amount));
}

/** Up to eight decimals, as the database keeps them. */
export function quantity(amount: Amount | null | undefined): string {
  return amount == null ? unknown : quantities.format(exact(amount));
}

/** @param value 0...100 */
export function percent(value: number | null | undefined): string {
  if (value == null) return unknown;
  return value > 0 && value < 0.1 ? `under ${percents.format(0.1)}%` : `${percents.format(value)}%`;
}

/** A difference of percentages, with its sign: `+12.7 points`. */
export function percentPoints(value: number | null | undefined): string {
  return value == null ? unknown : `${points.format(value)} points`;
}

/** `1 account`, `3 accounts`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${counts.format(value)} ${value === 1 ? one : many}`;
}
