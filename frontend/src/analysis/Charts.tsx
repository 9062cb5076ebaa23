import type { Job } from "../api/types";
import { ChartFigure } from "../charts/ChartFigure";

/** The charts the chart specialist chose, in its order. */
export function Charts({ charts }: { charts: Job["charts_payload"] }) {
  const inOrder = Object.entries(charts ?? {}).sort(([, one], [, other]) => one.position - other.position);
  if (inOrder.length === 0) {
    const reason = charts ? "The household has nothing yet that a chart could show." : "There are no charts in this analysis.";
    return <p className="quiet">{reason}</p>;
  }
  return (
    <div className="chart-grid">
      {inOrder.map(([key, { title, type, data, description, total_fact: totalFact }]) => (
        <div className="card" key={key}>
          <ChartFigure title={title} kind={type} points={data} description={description} totalFact={totalFact} />
        </div>
      ))}
    </div>
  );
}
