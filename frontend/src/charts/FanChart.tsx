import { useId, useMemo, useState } from "react";
import type { Projection, ProjectionYear } from "../api/types";
import { Button } from "../components/Button";
import { count, percent, roundMoney } from "../format/numbers";
import { ChartCanvas } from "./ChartCanvas";
import { translucent } from "./colors";
import { bandColor, bandOpacities, fanConfiguration, notableYears, offsetText } from "./fan";
import { Look, useLook } from "./look";
import { ScrollingTable } from "./ScrollingTable";

interface FanChartProps {
  title: string;
  projection: Pick<Projection, "years" | "years_until_retirement" | "balance_at_retirement" | "paths">;
  level?: 2 | 3 | 4;
  /** Of the drawing, in pixels. */
  height?: number;
}

/** What the savings may become: where most simulated futures lie, year by year. */
export function FanChart({ title, projection, level = 3, height = 340 }: FanChartProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  const { years, years_until_retirement: retirementYear } = projection;
  const draw = useMemo(() => (look: Look) => fanConfiguration(years, retirementYear, look), [years, retirementYear]);
  return (
    <figure className="chart" aria-labelledby={id}>
      <Heading id={id} className="chart-title">{title}</Heading>
      <ChartCanvas configuration={draw} height={height} />
      <Bands />
      <figcaption className="chart-description">{fanSentence(projection)}</figcaption>
      <YearTable title={title} years={years} retirementYear={retirementYear} />
    </figure>
  );
}

/** What the drawing shows, for those who do not see it. */
export function fanSentence(projection: FanChartProps["projection"]): string {
  const { years, years_until_retirement: wait, balance_at_retirement: start, paths } = projection;
  const begins = wait === 0 ? "Retirement begins now" : `Retirement begins in ${count(wait, "year")}`;
  const emptied = years.find(({ is_retired, p50 }) => is_retired && p50 <= 0);
  const end = emptied
    ? `From year ${emptied.year_offset} on, half of them have nothing left.`
    : `Half of them have at least ${roundMoney(years[years.length - 1]?.p50)} left at the end.`;
  return `${begins} with ${roundMoney(start.p50)} in the middle one of ${count(paths, "simulated future")}; `
    + `eight in ten begin with ${roundMoney(start.p10)} to ${roundMoney(start.p90)}. ${end} All in today's money.`;
}

function Bands() {
  const color = useLook().colorOf(bandColor, 0);
  const both = 1 - (1 - bandOpacities.wide) * (1 - bandOpacities.narrow);
  return (
    <ul className="legend">
      <li><span className="swatch swatch-line" style={{ backgroundColor: color }} />Middle future (median)</li>
      <li><span className="swatch" style={{ backgroundColor: translucent(color, both) }} />Half of the futures</li>
      <li><span className="swatch" style={{ backgroundColor: translucent(color, bandOpacities.wide) }} />Eight in ten futures</li>
    </ul>
  );
}

const columns = [
  { key: "p10", title: "10th percentile" }, { key: "p25", title: "25th" }, { key: "p50", title: "Median" },
  { key: "p75", title: "75th" }, { key: "p90", title: "90th" },
] as const;

function YearTable({ title, years, retirementYear }: { title: string; years: ProjectionYear[]; retirementYear: number }) {
  const [showsAll, setShowsAll] = useState(false);
  const rows = showsAll ? years : notableYears(years, retirementYear);
  return (
    <details className="chart-numbers">
      <summary>The numbers<span className="visually-hidden"> of {title}</span></summary>
      <ScrollingTable title={title}>
        <table>
          <caption className="visually-hidden">{title}: balance after each year, in today's money</caption>
          <thead>
            <tr>
              <th scope="col">Year</th>
              <th scope="col">Phase</th>
              {columns.map((column) => <th key={column.key} scope="col" className="right">{column.title}</th>)}
              <th scope="col" className="right">Income still paid in</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((year) => (
              <tr key={year.year_offset}>
                <th scope="row">{offsetText(year.year_offset)}</th>
                <td>{year.year_offset === retirementYear ? "Retirement begins" : year.is_retired ? "Retired" : "Saving"}</td>
                {columns.map(({ key }) => <td key={key} className="right">{roundMoney(year[key])}</td>)}
                <td className="right">{percent(year.funded_percent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollingTable>
      <Button kind="quiet" className="no-print" onClick={() => setShowsAll(!showsAll)}>
        {showsAll ? "Show every fifth year" : `Show all ${years.length} years`}
      </Button>
    </details>
  );
}
