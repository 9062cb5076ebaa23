/** Which column of a file is what: guessed from the headings that brokers use, decided by the user. */
import type { CsvRecord } from "./csv";

export type Column = "account" | "symbol" | "quantity" | "price" | "cash" | "purpose";

/** What a column is, as the index of its cells; null: the file does not have it. */
export type Mapping = Record<Column, number | null>;

export const columns: readonly { column: Column; title: string }[] = [
  { column: "symbol", title: "Symbol" },
  { column: "quantity", title: "Quantity" },
  { column: "account", title: "Account" },
  { column: "price", title: "Price" },
  { column: "cash", title: "Cash of the account" },
  { column: "purpose", title: "Purpose of the account" },
];

/** Usual headings, the best first, without spaces and signs. */
const headings: Record<Column, readonly string[]> = {
  symbol: ["symbol", "ticker", "tickersymbol", "securitysymbol", "stocksymbol", "instrument", "security", "stock"],
  quantity: [
    "quantity", "qty", "shares", "units", "numberofshares", "noofshares", "sharesowned", "sharebalance", "currentquantity",
    "position", "holding",
  ],
  account: ["account", "accountname", "portfolio", "portfolioname", "accountnumber", "accountno", "accountid"],
  price: [
    "price", "lastprice", "currentprice", "shareprice", "unitprice", "marketprice", "closingprice", "closeprice",
    "pricepershare", "last", "nav",
  ],
  cash: ["cash", "cashbalance", "cashusd", "accountcash"],
  purpose: ["purpose", "accountpurpose", "accounttype", "goal"],
};

/** Brokers put a title and a date before the headings. */
const mostLinesBeforeHeadings = 20;

function normal(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** First by the whole heading, then by how it begins: `Quantity (shares)`. A column is one thing only. */
export function guessMapping(cells: readonly string[]): Mapping {
  const names = cells.map(normal);
  const taken = new Set<number>();
  const mapping: Mapping = { account: null, symbol: null, quantity: null, price: null, cash: null, purpose: null };
  for (const isMatch of [
    (name: string, heading: string) => name === heading,
    (name: string, heading: string) => name.startsWith(heading),
  ]) {
    for (const { column } of columns) {
      if (mapping[column] !== null) continue;
      const found = firstColumn(names, headings[column], isMatch, taken);
      if (found === null) continue;
      mapping[column] = found;
      taken.add(found);
    }
  }
  return mapping;
}

function firstColumn(
  names: readonly string[], wanted: readonly string[], isMatch: (name: string, heading: string) => boolean,
  taken: ReadonlySet<number>,
): number | null {
  for (const heading of wanted) {
    const index = names.findIndex((name, at) => !taken.has(at) && isMatch(name, heading));
    if (index >= 0) return index;
  }
  return null;
}

/**
 * The index of the record that holds the headings; null when there is none.
 *
 * It is the first one with two usual headings. Without one it is the first record when that has no number and
 * the second one has.
 */
export function guessHeadings(records: readonly CsvRecord[]): number | null {
  const usual = records.slice(0, mostLinesBeforeHeadings).findIndex(
    ({ cells }) => Object.values(guessMapping(cells)).filter((index) => index !== null).length >= 2);
  if (usual >= 0) return usual;
  const [first, second] = records;
  return first && second && !first.cells.some(isNumber) && second.cells.some(isNumber) ? 0 : null;
}

function isNumber(cell: string): boolean {
  return /^[-+$]?[\d.,]*\d[\d.,]*$/.test(cell);
}

/** Whether amounts are written `1.234,50`: some cannot be read otherwise, and none can be read only as `1,234.50`. */
export function guessDecimalComma(records: readonly CsvRecord[], mapping: Mapping): boolean {
  const amounts = records.flatMap(({ cells }) =>
    [mapping.quantity, mapping.price, mapping.cash].map((index) => (index === null ? "" : cells[index] ?? "")));
  const needsComma = amounts.some((cell) => /^\$?(\d{1,3}(\.\d{3})+|\d+),(\d{1,2}|\d{4,})$/.test(cell));
  const needsPoint = amounts.some((cell) => /^\$?(\d{1,3}(,\d{3})+|\d+)\.(\d{1,2}|\d{4,})$/.test(cell));
  return needsComma && !needsPoint;
}

/** What is missing before rows can be made of the file; undefined when nothing is. */
export function mappingProblem(mapping: Mapping): string | undefined {
  const hasPositions = mapping.symbol !== null && mapping.quantity !== null;
  const hasCash = mapping.cash !== null && mapping.symbol === null && mapping.quantity === null;
  if (!hasPositions && !hasCash) return "Say which columns hold the symbol and the quantity.";
  const used = Object.values(mapping).filter((index) => index !== null);
  return new Set(used).size < used.length ? "A column can be only one thing: choose another for one of the two." : undefined;
}
