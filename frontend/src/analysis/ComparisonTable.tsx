import type { FactsDocument } from "../api/facts";
import { useResource } from "../api/resource";
import { ScrollingTable } from "../charts/ScrollingTable";
import { Loaded } from "../components/Page";
import { SkeletonLines } from "../components/Skeleton";
import { FactButton } from "../facts/FactButton";
import { factsPath } from "../facts/references";
import { compare, ComparisonRow } from "./comparison";

/** Two analyses side by side, with the differences in words: both tables of facts are read at once. */
export function ComparisonTable({ jobID, previousID }: { jobID: string; previousID: string }) {
  const now = useResource<FactsDocument>(factsPath(jobID), true);
  const before = useResource<FactsDocument>(factsPath(previousID), true);
  const skeleton = <SkeletonLines count={5} />;
  return (
    <Loaded resource={now} skeleton={skeleton}>
      {(current) => (
        <Loaded resource={before} skeleton={skeleton}>
          {(earlier) => <Table now={current} before={earlier} />}
        </Loaded>
      )}
    </Loaded>
  );
}

/** Exported for its tests. */
export function Table({ now, before }: { now: FactsDocument; before: FactsDocument }) {
  const { rows, differentInputs } = compare(now, before);
  if (rows.length === 0) return <p className="quiet">Neither of the two has kept its facts, so nothing can be compared.</p>;
  return (
    <>
      {before.facts.length === 0 && (
        <p className="panel panel-note">The earlier analysis was made before facts were kept: it has nothing to compare with.</p>
      )}
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

function Row({ row: { title, now, before, difference, isGain, nowFact } }: { row: ComparisonRow }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td data-title="Now" className="right"><FactButton reference={nowFact}>{now}</FactButton></td>
      <td data-title="Before" className="right">{before}</td>
      <td data-title="Difference" className={`right ${isGain === null ? "" : isGain ? "gain" : "loss"}`}>{difference}</td>
    </tr>
  );
}
