/** From the records of a file to what the API imports, in slices that it takes, and its answers as one. */
import type { ImportAnswer, ImportRow, Outcome } from "../../api/types";
import type { CsvRecord } from "./csv";
import type { Column, Mapping } from "./mapping";

/** Rows the API takes at once. */
export const mostRowsAtOnce = 1000;

export interface FileRow {
  /** In the file, from 1. */
  line: number;
  /** As they are in the file. */
  cells: string[];
  row: ImportRow;
}

export interface RowResult {
  line: number;
  cells: string[];
  outcome: Outcome;
  account: string | null;
  symbol: string | null;
  message: string | null;
}

export interface ImportResult {
  results: RowResult[];
  counts: Record<Outcome, number>;
  accountsCreated: string[];
}

/** Where rows without an account go: one that is there, or a new one by its name. */
export type Target = { kind: "existing"; id: string } | { kind: "new"; name: string };

const amounts: readonly Column[] = ["quantity", "price", "cash"];

export interface Reading {
  mapping: Mapping;
  /** Amounts are written `1.234,50`. */
  hasDecimalComma: boolean;
  target: Target;
}

/** @param records Without the headings. */
export function rowsOf(records: readonly CsvRecord[], { mapping, hasDecimalComma, target }: Reading): FileRow[] {
  return records.map(({ line, cells }) => {
    const row: ImportRow = {};
    for (const column of Object.keys(mapping) as Column[]) {
      const index = mapping[column];
      const cell = index === null ? "" : cells[index] ?? "";
      if (cell !== "") row[column] = hasDecimalComma && amounts.includes(column) ? withDecimalPoint(cell) : cell;
    }
    if (row.account === undefined && target.kind === "new") row.account = target.name;
    return { line, cells, row };
  });
}

/** `1.234,50` -> `1234.50`. Points that do not group are left for the API to refuse. */
function withDecimalPoint(cell: string): string {
  return /^[^\d]*(\d{1,3}(\.\d{3})+|\d+)?(,\d+)?$/.test(cell) ? cell.replace(/\./g, "").replace(",", ".") : cell;
}

type Send = (rows: ImportRow[]) => Promise<ImportAnswer>;

/**
 * Sends rows slice by slice.
 *
 * The API refuses a symbol that comes twice for an account, but sees only one slice at a time; a repetition of
 * an earlier slice is therefore refused here, instead of overwriting what was just imported.
 *
 * @param onProgress Told after every slice how many rows are done.
 * @throws InterruptedImport when a slice after the first fails.
 */
export async function sendRows(
  rows: readonly FileRow[], send: Send, onProgress: (done: number) => void = () => undefined,
): Promise<ImportResult> {
  const earlier = new Map<string, number>();
  const result: ImportResult = {
    results: [], counts: { added: 0, updated: 0, already_there: 0, refused: 0 }, accountsCreated: [],
  };
  for (let start = 0; start < rows.length; start += mostRowsAtOnce) {
    const slice = rows.slice(start, start + mostRowsAtOnce);
    const fresh = slice.filter(({ row }) => !earlier.has(place(row)));
    const repeated = slice.filter(({ row }) => earlier.has(place(row)));
    try {
      if (fresh.length > 0) add(await send(fresh.map(({ row }) => row)), fresh, result);
    } catch (failure) {
      throw start === 0 ? failure : new InterruptedImport(start, rows.length, failure);
    }
    for (const each of repeated) refuse(each, earlier.get(place(each.row)) as number, result);
    for (const { row, line } of fresh) if (row.symbol !== undefined) earlier.set(place(row), line);
    onProgress(Math.min(start + mostRowsAtOnce, rows.length));
  }
  result.results.sort((left, right) => left.line - right.line);
  return result;
}

function place(row: ImportRow): string {
  return JSON.stringify([row.account ?? null, row.symbol?.toUpperCase() ?? null]);
}

function add(answer: ImportAnswer, sent: readonly FileRow[], result: ImportResult): void {
  for (const { row, outcome, account, symbol, message } of answer.rows) {
    const { line, cells } = sent[row - 1] as FileRow;
    result.results.push({ line, cells, outcome, account, symbol, message });
    result.counts[outcome] += 1;
  }
  const created = answer.accounts_created.filter((name) => !result.accountsCreated.includes(name));
  result.accountsCreated.push(...created);
}

function refuse({ line, cells, row }: FileRow, firstLine: number, result: ImportResult): void {
  const symbol = row.symbol ?? null;
  result.results.push({
    line, cells, outcome: "refused", account: row.account ?? null, symbol,
    message: `${symbol} is already in this account, on line ${firstLine}`,
  });
  result.counts.refused += 1;
}

/** Some slices were taken, then one was not. */
export class InterruptedImport extends Error {
  constructor(readonly done: number, readonly all: number, readonly reason: unknown) {
    super(`stopped after ${done} of ${all} rows`);
    this.name = "InterruptedImport";
  }
}

/** The refused rows as they were, with the reason in a last column: to be put right and imported again. */
export function refusedRows(headings: readonly string[] | null, results: readonly RowResult[]): string[][] {
  const refused = results.filter(({ outcome }) => outcome === "refused");
  const width = Math.max(headings?.length ?? 0, ...refused.map(({ cells }) => cells.length));
  const padded = (cells: readonly string[]): string[] => Array.from({ length: width }, (_, index) => cells[index] ?? "");
  const rows = refused.map(({ cells, message }) => [...padded(cells), message ?? ""]);
  return headings === null ? rows : [[...padded(headings), "problem"], ...rows];
}
