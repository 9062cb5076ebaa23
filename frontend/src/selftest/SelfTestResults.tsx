import { useId } from "react";
import { ScrollingTable } from "../charts/ScrollingTable";
import { count } from "../format/numbers";
import { seconds } from "../format/times";
import { SelfTest, SelfTestCase, SelfTestGroup, toleranceWords, totalWords, valueWords } from "./selfTest";

/** The total, and a table for each group: what is expected, what the engine got, and how far they may be apart. */
export function SelfTestResults({ result }: { result: SelfTest }) {
  const hasPassed = result.failed === 0 && result.passed > 0;
  return (
    <div className="stack">
      <section className={`panel ${hasPassed ? "panel-primary" : "panel-error"}`} role="status" aria-label="Result">
        <p className="selftest-total"><span aria-hidden="true">{hasPassed ? "✓" : "✗"}</span> {totalWords(result)}</p>
        <p className="quiet small">In {seconds(result.seconds)}, by version {result.version}.</p>
      </section>
      {result.groups.map((group) => <Group key={group.name} group={group} />)}
    </div>
  );
}

function Group({ group: { name, description, cases } }: { group: SelfTestGroup }) {
  const id = useId();
  const failed = cases.filter(({ passed }) => !passed).length;
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-header">
        <h2 id={id}>{name}</h2>
        <span className={`badge badge-${failed === 0 ? "good" : "bad"}`}>
          {failed === 0 ? count(cases.length, "check") + " passed" : `${failed} of ${count(cases.length, "check")} failed`}
        </span>
      </div>
      <p className="quiet selftest-description">{description}</p>
      <ScrollingTable title={name}>
        <table className="stacked">
          <caption className="visually-hidden">{name}: expected and got</caption>
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col">Source</th>
              <th scope="col" className="right">Expected</th>
              <th scope="col" className="right">Got</th>
              <th scope="col" className="right">Tolerance</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>{cases.map((each, index) => <Case key={index} case={each} />)}</tbody>
        </table>
      </ScrollingTable>
    </section>
  );
}

function Case({ case: { name, source, expected, got, tolerance, unit, passed } }: { case: SelfTestCase }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-title="Source" className="cell-wide">{source}</td>
      <td data-title="Expected" className="right">{valueWords(expected, unit)}</td>
      <td data-title="Got" className="right">{valueWords(got, unit)}</td>
      <td data-title="Tolerance" className="right">{toleranceWords(tolerance, unit)}</td>
      <td data-title="Result" className={passed ? "gain" : "loss"}>
        <span aria-hidden="true">{passed ? "✓" : "✗"}</span> {passed ? "Passed" : "Failed"}
      </td>
    </tr>
  );
}
