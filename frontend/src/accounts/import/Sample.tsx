import { draftRows, ImportDraft } from "./importDraft";
import { columns } from "./mapping";

const shownRows = 4;

/** The first rows as they would be imported. */
export function Sample({ draft }: { draft: ImportDraft }) {
  const used = columns.filter(({ column }) => draft.mapping[column] !== null);
  if (used.length === 0) return null;
  const rows = draftRows(draft).slice(0, shownRows);
  return (
    <div className="table-wrapper sample" tabIndex={0} role="region" aria-label="The first rows as they are read">
      <table>
        <caption>The first rows as they are read</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            {used.map(({ column, title }) => <th key={column} scope="col">{title}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, row }) => (
            <tr key={line}>
              <th scope="row">{line}</th>
              {used.map(({ column }) => (
                <td key={column}>{row[column] ?? <span className="quiet">empty</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
