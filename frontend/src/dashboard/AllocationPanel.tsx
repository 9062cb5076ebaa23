import { useState } from "react";
import type { Breakdown, Portfolio } from "../api/types";
import { ChartFigure, Point } from "../charts/ChartFigure";
import { ScrollingTable } from "../charts/ScrollingTable";
import { Choice } from "../components/Choice";
import { money, percent } from "../format/numbers";
import { AllocationKind, unclassifiedColor } from "./categories";

const views: readonly { value: AllocationKind; title: string }[] = [
  { value: "asset_class", title: "Asset class" }, { value: "region", title: "Region" }, { value: "sector", title: "Sector" },
];

const sentences: Record<AllocationKind, string> = {
  asset_class: "How everything you own, holdings and cash, divides by asset class.",
  region: "Where in the world you are invested; cash counts as home.",
  sector: "How your holdings, without cash, divide by sector.",
};

/** How everything divides, cash and holdings together. */
export function AllocationPanel({ portfolio }: { portfolio: Portfolio }) {
  const [kind, setKind] = useState<AllocationKind>("asset_class");
  const breakdown = portfolio.allocations[kind];
  const title = views.find(({ value }) => value === kind)?.title ?? "";
  return (
    <section className="card" aria-labelledby="allocation-title">
      <div className="card-header">
        <h2 id="allocation-title">Allocation</h2>
        <Choice label="Allocation by" options={views} value={kind} onChoose={setKind} />
      </div>
      <div className="allocation">
        <ChartFigure
          title={`By ${title.toLowerCase()}`} kind="donut" points={pointsOf(breakdown)} description={sentences[kind]}
        />
        <AllocationTable title={title} breakdown={breakdown} />
      </div>
      {portfolio.unclassified.length > 0 && (
        <p className="figure-note">
          Not classified yet: {portfolio.unclassified.join(", ")}. The next analysis finds out what they are.
        </p>
      )}
    </section>
  );
}

function pointsOf({ parts, unclassified }: Breakdown): Point[] {
  const points: Point[] = parts.map(({ title, value }) => ({ name: title, value }));
  if (Number(unclassified) > 0) points.push({ name: "Not classified yet", value: unclassified, color: unclassifiedColor });
  return points;
}

function AllocationTable({ title, breakdown: { parts, unclassified } }: { title: string; breakdown: Breakdown }) {
  const unclassifiedPercent = 100 - parts.reduce((sum, part) => sum + part.percent, 0);
  return (
    <ScrollingTable title={`Allocation by ${title.toLowerCase()}`}>
      <table>
        <caption className="visually-hidden">Allocation by {title.toLowerCase()}</caption>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className="right">Value</th>
            <th scope="col" className="right">Share</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.category}>
              <th scope="row">{part.title}</th>
              <td className="right">{money(part.value)}</td>
              <td className="right">{percent(part.percent)}</td>
            </tr>
          ))}
          {Number(unclassified) > 0 && (
            <tr>
              <th scope="row">Not classified yet</th>
              <td className="right">{money(unclassified)}</td>
              <td className="right">{percent(unclassifiedPercent)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </ScrollingTable>
  );
}
