import { useId, useMemo } from "react";
import type { ChartKind } from "../api/types";
import { FactButton } from "../facts/FactButton";
import { percent } from "../format/numbers";
import { ChartCanvas } from "./ChartCanvas";
import { configuration } from "./configurations";
import { useLook } from "./look";
import { Point, shares, totalOf, Unit, valueText } from "./points";
import { ScrollingTable } from "./ScrollingTable";

export type { Point } from "./points";

interface ChartFigureProps {
  title: string;
  kind: ChartKind;
  points: readonly Point[];
  /** One sentence that says what the chart shows. */
  description: string;
  /** Of the drawing, in pixels. */
  height?: number;
  /** Of the heading. */
  level?: 2 | 3 | 4;
  unit?: Unit;
  /** Whether the points are parts of a whole: shares are shown then. All but lines are. */
  isWhole?: boolean;
  /** The id of the fact that all points add up to. */
  totalFact?: string | undefined;
}

const standardHeight = 260;
const pixelsPerHorizontalBar = 34;

/** A chart in all its forms: drawing, sentence, legend, and the numbers as a table. */
export function ChartFigure(properties: ChartFigureProps) {
  const { title, kind, points, description, level = 3, unit = "dollars", isWhole = kind !== "line", totalFact } = properties;
  const id = useId();
  const Heading = `h${level}` as const;
  // Who renders us often makes a new list of the same points; only a different one is drawn again.
  const signature = JSON.stringify(points);
  const draw = useMemo(() => {
    const kept = JSON.parse(signature) as Point[];
    return (look: Parameters<typeof configuration>[1]) => configuration({ kind, points: kept, unit, isWhole }, look);
  }, [signature, kind, unit, isWhole]);
  const height = properties.height
    ?? (kind === "horizontalBar" ? Math.max(standardHeight, points.length * pixelsPerHorizontalBar + 40) : standardHeight);
  const isRound = kind === "pie" || kind === "donut";
  return (
    <figure className="chart" aria-labelledby={id}>
      <Heading id={id} className="chart-title">{title}</Heading>
      {points.length === 0 ? <p className="quiet">There is nothing to draw yet.</p> : (
        <>
          <ChartCanvas configuration={draw} height={height} />
          {isRound && <Legend points={points} unit={unit} isWhole={isWhole} />}
        </>
      )}
      <figcaption className="chart-description">{description}</figcaption>
      {points.length > 0 && <Numbers title={title} points={points} unit={unit} isWhole={isWhole} totalFact={totalFact} />}
    </figure>
  );
}

interface PartsProps {
  points: readonly Point[];
  unit: Unit;
  isWhole: boolean;
}

function Legend({ points, unit, isWhole }: PartsProps) {
  const look = useLook();
  const parts = shares(points);
  return (
    <ul className="legend">
      {points.map(({ name, value, color }, index) => (
        <li key={index}>
          <span className="swatch" style={{ backgroundColor: look.colorOf(color, index) }} />
          {name}
          <span className="legend-value">{isWhole && unit === "dollars" ? percent(parts[index]) : valueText(value, unit)}</span>
        </li>
      ))}
    </ul>
  );
}

function Numbers({ title, points, unit, isWhole, totalFact }: PartsProps & { title: string; totalFact?: string | undefined }) {
  const parts = shares(points);
  const hasShares = isWhole && unit === "dollars" && parts.some((part) => part !== null);
  return (
    <details className="chart-numbers">
      <summary>The numbers<span className="visually-hidden"> of {title}</span></summary>
      <ScrollingTable title={title}>
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" className="right">{unit === "dollars" ? "Value" : "Percent"}</th>
              {hasShares && <th scope="col" className="right">Share</th>}
            </tr>
          </thead>
          <tbody>
            {points.map(({ name, value, fact }, index) => (
              <tr key={index}>
                <th scope="row">{name}</th>
                <td className="right"><FactButton reference={fact}>{valueText(value, unit)}</FactButton></td>
                {hasShares && <td className="right">{percent(parts[index])}</td>}
              </tr>
            ))}
          </tbody>
          {totalFact !== undefined && (
            <tfoot>
              <tr>
                <th scope="row">Total</th>
                <td className="right"><FactButton reference={totalFact}>{valueText(totalOf(points), unit)}</FactButton></td>
                {hasShares && <td className="right">{percent(100)}</td>}
              </tr>
            </tfoot>
          )}
        </table>
      </ScrollingTable>
    </details>
  );
}
