import assert from "node:assert/strict";
import { test } from "node:test";
import { readCsv, writeCsv } from "../src/accounts/import/csv";

function cells(text: string): string[][] {
  return readCsv(text).records.map((record) => record.cells);
}

test("quotes hold separators, line breaks and doubled quotes", () => {
  assert.deepEqual(cells('a,"b, c","d\r\ne","f ""g"""\n'), [["a", "b, c", "d\ne", 'f "g"']]);
});

test("all line ends are line ends, and the last one may be missing", () => {
  assert.deepEqual(cells("a,b\r\nc,d\re,f\ng,h"), [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]);
});

test("a byte order mark is no part of the first heading", () => {
  assert.deepEqual(cells("\uFEFFsymbol,quantity\nSPY,1"), [["symbol", "quantity"], ["SPY", "1"]]);
});

test("semicolons and tabs are seen as separators", () => {
  assert.deepEqual(readCsv("Symbol;Menge\nSPY;1,5\nVTI;2,25").separator, ";");
  assert.deepEqual(readCsv("Symbol\tName\tShares\nSPY\tS&P 500, the index\t1").separator, "\t");
  assert.deepEqual(cells("Symbol;Menge\nSPY;1,5"), [["Symbol", "Menge"], ["SPY", "1,5"]]);
});

test("commas in quoted numbers do not hide the separator", () => {
  assert.equal(readCsv('Symbol,Value\nSPY,"1,234,567.00"\nVTI,"2,345,678.00"').separator, ",");
});

test("Excel's line that names the separator is followed and not imported", () => {
  const table = readCsv("sep=;\r\na,b;c\r\nd;e");
  assert.deepEqual(table.records, [{ line: 2, cells: ["a,b", "c"] }, { line: 3, cells: ["d", "e"] }]);
});

test("empty lines and lines of separators are no records, and lines keep their numbers", () => {
  assert.deepEqual(readCsv("a,b\n\n,,\n \nc,d\n").records, [{ line: 1, cells: ["a", "b"] }, { line: 5, cells: ["c", "d"] }]);
});

test("a record that spans lines is counted from its first", () => {
  assert.deepEqual(readCsv('a,"x\ny\nz"\nb,c').records.map(({ line }) => line), [1, 4]);
});

test("a quote inside a cell is a character", () => {
  assert.deepEqual(cells('5" screen,1'), [['5" screen', "1"]]);
});

test("a quote that never ends is told with its line", () => {
  assert.equal(readCsv('a,b\nc,"d\ne,f').openQuoteLine, 2);
  assert.equal(readCsv("a,b").openQuoteLine, null);
});

test("an empty text has no records", () => {
  assert.deepEqual(cells(""), []);
  assert.deepEqual(cells("\uFEFF\r\n"), []);
});

test("what is written is read back", () => {
  const rows = [["a, b", 'c "d"', "e\nf", ""], ["1", "2", "3", " x"]];
  assert.equal(writeCsv(rows), '"a, b","c ""d""","e\nf",\r\n1,2,3," x"\r\n');
  assert.deepEqual(cells(writeCsv(rows)), [["a, b", 'c "d"', "e\nf", ""], ["1", "2", "3", "x"]]);
});
