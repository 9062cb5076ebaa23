import { useState } from "react";
import type { Comparison, Portfolio } from "../api/types";
import { ScrollingTable } from "../charts/ScrollingTable";
import { Choice } from "../components/Choice";
import { percent, percentPoints } from "../format/numbers";
import { standing, TargetKind } from "./categories";

const views: readonly { value: TargetKind; title: string }[] = [
  { value: "asset_class", title: "Asset class" }, { value: "region", title: "Region" },
];

const words = { above: "above target", below: "below target", on: "on target" };

/** What you have beside what you want to have. */
export function TargetsPanel({ portfolio }: { portfolio: Portfolio }) {
  const [kind, setKind] = useState<TargetKind>("asset_class");
  const rows = portfolio.targets[kind];
  const title = views.find(({ value }) => value === kind)?.title ?? "";
  return (
    <section className="card" aria-labelledby="targets-title">
      <div className="card-header">
        <h2 id="targets-title">Now and target</h2>
        <Choice label="Targets by" options={views} value={kind} onChoose={setKind} />
      </div>
      {rows.length === 0
        ? <p className="quiet">There is nothing to compare yet: no holding is classified and has a price.</p>
        : <TargetsTable title={title} rows={rows} />}
    </section>
  );
}

function TargetsTable({ title, rows }: { title: string; rows: readonly Comparison[] }) {
  return (
    <ScrollingTable title={`Shares and targets by ${title.toLowerCase()}`}>
      <table className="targets">
        <caption className="visually-hidden">Shares and targets by {title.toLowerCase()}</caption>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">Now, and <span className="target-key">target</span></th>
            <th scope="col" className="right">Difference</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <TargetRow key={row.category} row={row} />)}</tbody>
      </table>
    </ScrollingTable>
  );
}

function TargetRow({ row }: { row: Comparison }) {
  const { title, now_percent, target_percent, difference_points } = row;
  const where = standing(row);
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>
        <Bar className="bar-now" percent={now_percent} />
        <Bar className="bar-target" percent={target_percent} />
        <span className="target-numbers">
          {percent(now_percent)} now, {target_percent > 0 ? `${percent(target_percent)} target` : "no target"}
        </span>
      </td>
      <td className="right">
        {where === "on" ? words.on : <>{percentPoints(difference_points)}<span className="target-words">{words[where]}</span></>}
      </td>
    </tr>
  );
}

function Bar({ className, percent: width }: { className: string; percent: number }) {
  return (
    <span className="bar-track" aria-hidden="true">
      <span className={`bar ${className}`} style={{ width: `${Math.min(100, Math.max(0, width))}%` }} />
    </span>
  );
}
