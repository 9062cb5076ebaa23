import type { marked } from "marked";
import { ScrollingTable } from "../charts/ScrollingTable";
import { withoutMarks } from "./citations";
import { Inline } from "./Inline";

/** A table of a report. Its first column names the rows; a row called Total is their sum. */
export function MarkdownTable({ token }: { token: marked.Tokens.Table }) {
  const classAt = (column: number): { className?: string } => {
    const alignment = token.align[column];
    return alignment === "right" || alignment === "center" ? { className: alignment } : {};
  };
  return (
    <ScrollingTable title={withoutMarks(`Table: ${token.header.map(({ text }) => text).filter(Boolean).join(", ")}`)}>
      <table>
        <thead>
          <tr>
            {token.header.map(({ text, tokens }, column) => (
              text.trim() === ""
                ? <td key={column} />
                : <th key={column} scope="col" {...classAt(column)}><Inline tokens={tokens} /></th>
            ))}
          </tr>
        </thead>
        <tbody>
          {token.rows.map((cells, row) => (
            <tr key={row} {...(cells[0]?.text === "Total" ? { className: "total" } : {})}>
              {cells.map(({ tokens }, column) => (
                column === 0
                  ? <th key={column} scope="row" {...classAt(column)}><Inline tokens={tokens} /></th>
                  : <td key={column} {...classAt(column)}><Inline tokens={tokens} /></td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollingTable>
  );
}
