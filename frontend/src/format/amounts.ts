/** Amounts as people type them. They stay decimal text: nothing is rounded between the input and the database. */

/** Digits in plain order or in groups of three, and a point before the decimals. */
const pattern = /^\$?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)$/;

/** `$1,234.50` -> `1234.50`; null when the text is no amount. */
export function plainAmount(text: string): string | null {
  const digits = pattern.exec(text.trim())?.[1];
  if (digits === undefined) return null;
  const [whole = "", fraction = ""] = digits.replace(/,/g, "").split(".");
  return withPoint(whole, fraction);
}

/** `1234567.5` -> `1,234,567.5`; what is no amount stays as it was typed. */
export function groupedAmount(text: string): string {
  const amount = plainAmount(text);
  if (amount === null) return text;
  const [whole = "", fraction] = amount.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Whether both are the same number: `5000` and `5,000.00` are. */
export function isSameAmount(left: string, right: string): boolean {
  return canonical(left) === canonical(right);
}

/** Moves the decimal point: a fraction `0.0425` is `4.25` percent, two places to the right. */
export function movePoint(amount: string, places: number): string {
  const [whole = "", fraction = ""] = (plainAmount(amount) ?? amount).split(".");
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded = digits.padStart(digits.length + Math.max(0, -point), "0").padEnd(point, "0");
  const at = Math.max(0, point);
  return canonical(withPoint(padded.slice(0, at), padded.slice(at)));
}

export interface AmountLimits {
  largest: number;
  decimals: number;
  /** 0 is not enough. */
  isPositive?: boolean;
}

/** What the API takes (`Sources/Functions/API`). */
export const dollars: AmountLimits = { largest: 9_999_999_999, decimals: 2 };
export const shares: AmountLimits = { largest: 999_999_999_999, decimals: 8, isPositive: true };
export const prices: AmountLimits = { largest: 99_999_999, decimals: 4, isPositive: true };
export const percents: AmountLimits = { largest: 100, decimals: 2 };

/** What is wrong with an amount, in a sentence; undefined when nothing is. */
export function amountProblem(text: string, { largest, decimals, isPositive = false }: AmountLimits): string | undefined {
  const amount = plainAmount(text);
  if (amount === null) return "Write a number such as 1,250.5, without a sign.";
  const fraction = canonical(amount).split(".")[1] ?? "";
  if (fraction.length > decimals) return `Write at most ${decimals} decimals.`;
  if (isPositive && Number(amount) === 0) return "It must be above 0.";
  return Number(amount) > largest ? `It can be at most ${groupedAmount(String(largest))}.` : undefined;
}

/** Without zeros that say nothing; what is no amount stays as it is. */
function canonical(text: string): string {
  const amount = plainAmount(text);
  if (amount === null) return text.trim();
  return amount.includes(".") ? amount.replace(/\.?0+$/, "") : amount;
}

function withPoint(whole: string, fraction: string): string {
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  return fraction === "" ? digits : `${digits}.${fraction}`;
}
