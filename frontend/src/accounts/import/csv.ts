/** Files with values in rows (RFC 4180), as spreadsheets and brokers write them, and rows as such a file. */

export type Separator = "," | ";" | "\t";

export interface CsvRecord {
  /** Where it begins, from 1. */
  line: number;
  cells: string[];
}

export interface CsvTable {
  /** Without those that hold nothing. */
  records: CsvRecord[];
  separator: Separator;
  /** The line of a quote that never ends: everything after it is one cell. */
  openQuoteLine: number | null;
}

/** The likelier first where two divide alike: commas also stand in numbers and names. */
const separators: readonly Separator[] = ["\t", ";", ","];
/** Lines that tell which separator a file has. */
const sampledLines = 20;

/** Quotes, doubled quotes and line breaks in them, any line ends, a byte order mark, and `sep=;` before the rest. */
export function readCsv(text: string): CsvTable {
  const body = text.replace(/^\uFEFF/, "");
  const named = /^sep=([,;\t])\r?\n([^]*)$/i.exec(body);
  if (named) return readRecords(named[2] ?? "", named[1] as Separator, 2);
  return readRecords(body, guessSeparator(body), 1);
}

/** Cells that need quotes get them; lines end as the standard says. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(quoted).join(",") + "\r\n").join("");
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

/** The one that divides most of the first lines into the same number of cells, and into most. */
function guessSeparator(text: string): Separator {
  const sample = text.split(/\r\n|\n|\r/, sampledLines).join("\n");
  let best: Separator = ",";
  let bestScore = 0;
  for (const separator of separators) {
    const widths = readRecords(sample, separator, 1).records.map(({ cells }) => cells.length);
    const score = Math.max(0, ...widths.map((width) => (width - 1) * widths.filter((other) => other === width).length));
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}

function readRecords(text: string, separator: Separator, firstLine: number): CsvTable {
  const reader = new Reader(separator, firstLine);
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    // A line end of two characters is one.
    if (character === "\r" && text[at + 1] === "\n") continue;
    if (reader.take(character === "\r" ? "\n" : character, text[at + 1])) at += 1;
  }
  reader.endRecord();
  return { records: reader.records, separator, openQuoteLine: reader.openQuoteLine };
}

class Reader {
  readonly records: CsvRecord[] = [];
  openQuoteLine: number | null = null;
  private cells: string[] = [];
  private cell = "";
  private wasQuoted = false;
  private line: number;
  private recordLine: number;

  constructor(private readonly separator: Separator, firstLine: number) {
    this.line = firstLine;
    this.recordLine = firstLine;
  }

  /** @returns Whether the next character belongs to this one. */
  take(character: string, next: string | undefined): boolean {
    if (character === "\n") this.line += 1;
    if (this.openQuoteLine !== null) return this.takeQuoted(character, next);
    if (character === '"' && this.cell.trim() === "" && !this.wasQuoted) {
      this.cell = "";
      this.wasQuoted = true;
      this.openQuoteLine = this.line;
    } else if (character === this.separator) {
      this.endCell();
    } else if (character === "\n") {
      this.endRecord();
    } else {
      this.cell += character;
    }
    return false;
  }

  endRecord(): void {
    this.endCell();
    if (this.cells.some((cell) => cell !== "")) this.records.push({ line: this.recordLine, cells: this.cells });
    this.cells = [];
    this.recordLine = this.line;
  }

  private takeQuoted(character: string, next: string | undefined): boolean {
    if (character !== '"') {
      this.cell += character;
      return false;
    }
    if (next === '"') {
      this.cell += '"';
      return true;
    }
    this.openQuoteLine = null;
    return false;
  }

  private endCell(): void {
    this.cells.push(this.cell.trim());
    this.cell = "";
    this.wasQuoted = false;
  }
}
