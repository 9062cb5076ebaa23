/** A file on its way in: how it is read, as guessed and then as the user says. */
import type { AccountSummary } from "../../api/types";
import { CsvRecord, CsvTable, readCsv } from "./csv";
import { Column, guessDecimalComma, guessHeadings, guessMapping, Mapping, mappingProblem } from "./mapping";
import { FileRow, rowsOf, Target } from "./importRows";

export interface ImportDraft {
  fileName: string;
  table: CsvTable;
  /** Index of the record with the headings; null when there is none. */
  headings: number | null;
  mapping: Mapping;
  hasDecimalComma: boolean;
  target: Target;
}

const newAccountName = "Imported account";

/** @throws Error with what is wrong with the file. */
export function importDraftOf(fileName: string, text: string, accounts: readonly AccountSummary[]): ImportDraft {
  const table = readCsv(text);
  if (table.openQuoteLine !== null) {
    throw new Error(`a quotation mark on line ${table.openQuoteLine} is never closed; put it right and choose the file again`);
  }
  if (table.records.length === 0) throw new Error("there is nothing in it");
  const [first] = accounts;
  const target: Target = first ? { kind: "existing", id: first.id } : { kind: "new", name: newAccountName };
  return withHeadings({
    fileName, table, target, headings: null, mapping: guessMapping([]), hasDecimalComma: false,
  }, guessHeadings(table.records));
}

/** Other headings, other guesses. */
export function withHeadings(draft: ImportDraft, headings: number | null): ImportDraft {
  const mapping = guessMapping(headings === null ? [] : draft.table.records[headings]?.cells ?? []);
  const next = { ...draft, headings, mapping };
  return { ...next, hasDecimalComma: guessDecimalComma(dataRecords(next), mapping) };
}

export function withColumn(draft: ImportDraft, column: Column, index: number | null): ImportDraft {
  const mapping = { ...draft.mapping, [column]: index };
  return { ...draft, mapping, hasDecimalComma: guessDecimalComma(dataRecords(draft), mapping) };
}

/** What follows the headings. */
export function dataRecords({ table, headings }: ImportDraft): CsvRecord[] {
  return headings === null ? table.records : table.records.slice(headings + 1);
}

export function draftRows(draft: ImportDraft): FileRow[] {
  return rowsOf(dataRecords(draft), draft);
}

/** The name of each column as the user can tell it: its heading, or its first value. */
export function columnNames(draft: ImportDraft): string[] {
  const records = dataRecords(draft);
  const headings = draft.headings === null ? [] : draft.table.records[draft.headings]?.cells ?? [];
  const width = Math.max(headings.length, ...records.slice(0, 50).map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, index) => {
    const heading = headings[index] ?? "";
    const sample = records.find(({ cells }) => (cells[index] ?? "") !== "")?.cells[index] ?? "";
    if (heading !== "") return heading;
    return sample === "" ? `Column ${index + 1}` : `Column ${index + 1} (${sample})`;
  });
}

/** Whether some rows do not say which account they belong to. */
export function needsTarget(draft: ImportDraft): boolean {
  const { account } = draft.mapping;
  return account === null || dataRecords(draft).some(({ cells }) => (cells[account] ?? "") === "");
}

/** Why the rows cannot be checked yet; undefined when they can. */
export function draftProblem(draft: ImportDraft): string | undefined {
  if (dataRecords(draft).length === 0) return "There is no line below the headings.";
  const problem = mappingProblem(draft.mapping);
  if (problem !== undefined) return problem;
  const isNameless = draft.target.kind === "new" && draft.target.name.trim() === "";
  return needsTarget(draft) && isNameless ? "Name the new account." : undefined;
}
