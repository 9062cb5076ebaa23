import type { Difference, Strategy } from "../../api/study";
import { ScrollingTable } from "../../charts/ScrollingTable";
import { percent, roundMoney } from "../../format/numbers";
import { capitalized, differenceWords } from "./wording";

/** One changed assumption a row. */
export function Differences({ differences, own }: { differences: Difference[]; own: number }) {
  return (
    <ScrollingTable title="Why calculators differ">
      <table className="stacked">
        <caption className="visually-hidden">Success with one assumption changed</caption>
        <thead>
          <tr>
            <th scope="col">Assumption</th>
            <th scope="col" className="right">Success</th>
            <th scope="col" className="right">Difference</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">As in this analysis</th>
            <td data-title="Success" className="right">{percent(own)}</td>
            <td data-title="Difference" className="right">–</td>
          </tr>
          {differences.map(({ id, label, success_percent: success, points }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              <td data-title="Success" className="right">{percent(success)}</td>
              <td data-title="Difference" className="right">{differenceWords({ points })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollingTable>
  );
}

/** One rule of withdrawal a row, the plan's own first. */
export function Strategies({ strategies }: { strategies: Strategy[] }) {
  return (
    <ScrollingTable title="Rules of withdrawal">
      <table className="stacked">
        <caption className="visually-hidden">Rules of withdrawal compared</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col" className="right">Success</th>
            <th scope="col" className="right">Income in the middle future</th>
            <th scope="col" className="right">One in ten has a year below</th>
          </tr>
        </thead>
        <tbody>
          {strategies.map(({ id, label, success_percent, median_income_usd, worst_income_usd }, index) => (
            <tr key={id}>
              <th scope="row">{capitalized(label)}{index === 0 && <span className="count-note">the rule of this plan</span>}</th>
              <td data-title="Success" className="right">{percent(success_percent)}</td>
              <td data-title="Income in the middle future" className="right">{roundMoney(median_income_usd)}</td>
              <td data-title="One in ten has a year below" className="right">{roundMoney(worst_income_usd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollingTable>
  );
}
