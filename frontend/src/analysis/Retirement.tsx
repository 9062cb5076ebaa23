import type { Job, Projection } from "../api/types";
import { FanChart } from "../charts/FanChart";
import { ScrollingTable } from "../charts/ScrollingTable";
import { FactButton } from "../facts/FactButton";
import { count, percent, roundMoney } from "../format/numbers";
import { calendarDate } from "../format/times";
import { Markdown } from "../report/Markdown";
import { Link } from "../routing/router";
import { LaterStudy } from "./LaterStudy";

/** How long the savings last, in simulated futures. */
export function Retirement({ retirement }: { retirement: Job["retirement_payload"] }) {
  if (!retirement) return <p className="quiet">There is no retirement projection in this analysis.</p>;
  const { projection, analysis, citations } = retirement;
  return (
    <div className="stack">
      {projection ? (
        <>
          <div className="retirement-top">
            <Success projection={projection} isCited={citations !== undefined} />
            <KeyFigures projection={projection} isCited={citations !== undefined} />
          </div>
          <div className="card"><FanChart title="What the savings may become" projection={projection} /></div>
        </>
      ) : <p className="panel panel-note">Nothing could be simulated for this household; the text below says why.</p>}
      <article className="card panel-text"><Markdown text={analysis} citations={citations} shift={2} /></article>
      {projection && <LaterStudy projection={projection} />}
      {projection && <Basis projection={projection} />}
      <p className="no-print"><Link to="/selftest">Check the engine yourself</Link></p>
    </div>
  );
}

interface FiguresProps {
  projection: Projection;
  /** Whether the analysis keeps facts: those of before do not. */
  isCited: boolean;
}

function Success({ projection, isCited }: FiguresProps) {
  const { success_percent: success, sampling_error_percent: error, paths } = projection;
  return (
    <section className="card success" aria-labelledby="success-title">
      <h3 id="success-title">Chance that the money lasts</h3>
      <p className="success-figure">
        <FactButton reference={isCited ? "retirement.success.percent" : undefined}>{percent(success)}</FactButton>
      </p>
      <div className="success-bar" aria-hidden="true"><span style={{ width: `${Math.min(100, Math.max(0, success))}%` }} /></div>
      <p>
        of {count(paths, "simulated future")} pay the income you want to the end;
        sampling error ± {percent(error).replace("%", " points")}.
      </p>
      <p className="quiet small">A share of simulated futures under the assumptions below, no promise.</p>
    </section>
  );
}

function KeyFigures({ projection, isCited }: FiguresProps) {
  const { balance_at_retirement: start } = projection;
  const figures: [title: string, value: string, fact?: string][] = [
    ["Retirement begins in", count(projection.years_until_retirement, "year"), "investor.retirement.years"],
    ["It is taken to last", count(projection.retirement_years, "year"), "retirement.length.years"],
    ["Income wanted, a year", roundMoney(projection.target_income_usd), "investor.target_income.usd"],
    ["Saved until then, a year", roundMoney(projection.yearly_contribution_usd), "retirement.contribution.usd"],
    ["Savings today", roundMoney(projection.starting_balance_usd), "retirement.balance.usd"],
    ["Median at retirement", roundMoney(start.p50), "retirement.start.p50.usd"],
    ["Eight in ten begin with", `${roundMoney(start.p10)} to ${roundMoney(start.p90)}`],
    ["The income is paid for, on average", `${projection.average_years_lasted.toFixed(1)} years`, "retirement.lasted.years"],
  ];
  return (
    <section className="card" aria-labelledby="figures-title">
      <h3 id="figures-title">Key figures</h3>
      <dl className="key-figures">
        {figures.map(([title, value, fact]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd className="number"><FactButton reference={isCited ? fact : undefined}>{value}</FactButton></dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">All money is in today's money.</p>
    </section>
  );
}

function Basis({ projection }: { projection: Projection }) {
  const { assumptions, assumptions_source, assumptions_vintage, inflation_percent, disclosed_defaults: defaults } = projection;
  return (
    <section className="card" aria-labelledby="basis-title">
      <h3 id="basis-title">What the projection rests on</h3>
      <ScrollingTable title="Assumed returns">
        <table className="stacked">
          <caption className="visually-hidden">Assumed yearly returns by asset class</caption>
          <thead>
            <tr>
              <th scope="col">Asset class</th>
              <th scope="col" className="right">Share today</th>
              <th scope="col" className="right">Return a year</th>
              <th scope="col" className="right">Volatility a year</th>
            </tr>
          </thead>
          <tbody>
            {assumptions.map(({ asset_class, weight_percent, mean_percent, volatility_percent }) => (
              <tr key={asset_class}>
                <th scope="row">{categoryTitle(asset_class)}</th>
                <td data-title="Share today" className="right">{percent(weight_percent)}</td>
                <td data-title="Return a year" className="right">{percent(mean_percent)}</td>
                <td data-title="Volatility a year" className="right">{percent(volatility_percent)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollingTable>
      <p className="quiet small source">
        Before inflation of {percent(inflation_percent)} a year. As of {calendarDate(assumptions_vintage)}.
        Source: {assumptions_source}.
      </p>
      {defaults.length > 0 && (
        <>
          <h4>What Alex had to assume</h4>
          <ul>{defaults.map(({ id, sentence }) => <li key={id}>{sentence}</li>)}</ul>
        </>
      )}
    </section>
  );
}

/** `fixed_income` is `Fixed income`. */
function categoryTitle(category: string): string {
  const words = category.split("_").join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
