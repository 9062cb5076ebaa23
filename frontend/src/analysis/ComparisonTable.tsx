import type { Job } from "../api/types";
import { ScrollingTable } from "../charts/ScrollingTable";
import { compare, ComparisonRow } from "./comparison";

/** Two analyses side by side, with the differences in words. */
export function ComparisonTable({ now, before }: { now: Job; before: Job }) {
  const { rows, differentInputs } = compare(now, before);
  if (rows.length === 0) return <p className="quiet">The two have no part in common that could be compared.</p>;
  return (
    <>
      {differentInputs.length > 0 && (
        <p className="panel panel-note">
          The two do not rest on the same inputs: {differentInputs.join("; ")}. Part of the difference comes from that.
        </p>
      )}
      <ScrollingTable title="Now and before">
        <table className="stacked">
          <caption className="visually-hidden">This analysis beside the previous one</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col" className="right">Now</th>
              <th scope="col" className="right">Before</th>
              <th scope="col" className="right">Difference</th>
            </tr>
          </thead>
          <tbody>{rows.map((row) => <Row key={row.title} row={row} />)}</tbody>
        </table>
      </ScrollingTable>
    </>
  );
}

function Row({ row: { title, now, before, difference, isGain } }: { row: ComparisonRow }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td data-title="Now" className="right">{now}</td>
      <td data-title="Before" className="right">{before}</td>
      <td data-title="Difference" className={`right ${isGain === null ? "" : isGain ? "gain" : "loss"}`}>{difference}</td>
    </tr>
  );
}
