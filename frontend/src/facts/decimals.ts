/** Exact sums and differences of decimal text: a browser's numbers would add cents of their own. */

interface Scaled {
  /** The value without its point. */
  digits: bigint;
  /** How many of the digits are behind the point. */
  places: number;
}

function scaled(text: string): Scaled | null {
  const [, sign = "", whole = "", fraction = ""] = /^([-+]?)(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  return whole === "" ? null : { digits: BigInt(`${sign === "-" ? "-" : ""}${whole}${fraction}`), places: fraction.length };
}

/**
 * The sum or the difference of two decimals.
 *
 * @returns As exact as the two are; what is no plain decimal is computed as the browser does.
 */
export function combined(left: string | number, operator: "+" | "-", right: string | number): string {
  const [one, other] = [scaled(String(left)), scaled(String(right))];
  const sign = operator === "-" ? -1 : 1;
  if (!one || !other) return String(Number(left) + sign * Number(right));
  const places = Math.max(one.places, other.places);
  const raised = ({ digits, places: own }: Scaled): bigint => digits * BigInt(10) ** BigInt(places - own);
  return decimalText(raised(one) + BigInt(sign) * raised(other), places);
}

/** Without zeros that say nothing: 150 with two places is `1.5`. */
function decimalText(value: bigint, places: number): string {
  const digits = String(value < 0 ? -value : value).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
