import { useState } from "react";
import { sentence } from "../../api/failure";
import type { Outcome } from "../../api/types";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { count } from "../../format/numbers";
import type { RowResult } from "./importRows";

const words: Record<Outcome, { title: string; badge: string }> = {
  added: { title: "Added", badge: "badge badge-good" },
  updated: { title: "Updated", badge: "badge badge-warning" },
  already_there: { title: "Already there", badge: "badge" },
  refused: { title: "Refused", badge: "badge badge-bad" },
};
const outcomes = Object.keys(words) as Outcome[];

/** More at once would make the page slow. */
const rowsAtFirst = 100;

/** What happens to each row, all of them or one outcome. */
export function ResultTable({ results }: { results: readonly RowResult[] }) {
  const found = outcomes.filter((outcome) => results.some((each) => each.outcome === outcome));
  const [filter, setFilter] = useState<Outcome | "all">("all");
  const [isWhole, setWhole] = useState(false);
  const matching = results.filter(({ outcome }) => filter === "all" || outcome === filter);
  const shown = isWhole ? matching : matching.slice(0, rowsAtFirst);
  const options = [
    { value: "all" as const, title: `All (${results.length})` },
    ...found.map((outcome) => ({
      value: outcome, title: `${words[outcome].title} (${results.filter((each) => each.outcome === outcome).length})`,
    })),
  ];
  return (
    <div>
      {found.length > 1 && <Choice label="Rows" options={options} value={filter} onChoose={setFilter} />}
      <div className="table-wrapper import-rows" tabIndex={0} role="region" aria-label="Rows">
        <table className="stacked">
          <caption className="visually-hidden">Rows of the file and what happens to them</caption>
          <thead>
            <tr>
              <th scope="col">Line</th><th scope="col">Account</th><th scope="col">Symbol</th><th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>{shown.map((result) => <ResultRow key={result.line} result={result} />)}</tbody>
        </table>
      </div>
      {shown.length < matching.length && (
        <Button kind="quiet" onClick={() => setWhole(true)}>Show all {count(matching.length, "row")}</Button>
      )}
    </div>
  );
}

function ResultRow({ result: { line, account, symbol, outcome, message } }: { result: RowResult }) {
  return (
    <tr>
      <th scope="row">{line}</th>
      <td data-title="Account">{account ?? "–"}</td>
      <td data-title="Symbol">{symbol ?? (outcome === "refused" ? "–" : "Cash")}</td>
      <td data-title="Outcome" className="cell-wide">
        <span className={words[outcome].badge}>{words[outcome].title}</span>
        {message && <> <span className="row-message">{sentence(new Error(message))}</span></>}
      </td>
    </tr>
  );
}
