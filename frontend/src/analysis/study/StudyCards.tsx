import { ReactNode, useId } from "react";
import type { Autopsy, Fix, HistoryOutcome, SafeIncome } from "../../api/study";
import type { Projection } from "../../api/types";
import { count, percent, roundMoney } from "../../format/numbers";
import { Differences, Strategies } from "./StudyTables";
import { fixWords, sentences, yearsWords } from "./wording";

/** What a projection says beyond its success; each part has a sentence that says what it is. */
export function StudyCards({ projection }: { projection: Projection }) {
  const { safe_income, fixes, autopsy, differences, history, strategy_comparison: strategies } = projection;
  return (
    <>
      {safe_income && <SafeIncomeCard safe={safe_income} projection={projection} />}
      {fixes && fixes.length > 0 && <Fixes fixes={fixes} goal={safe_income?.goal_percent} />}
      {autopsy && <AutopsyCard autopsy={autopsy} />}
      {differences && differences.length > 0 && (
        <StudyCard title="Why do calculators differ?" words={sentences.differences}>
          <Differences differences={differences} own={projection.success_percent} />
        </StudyCard>
      )}
      {history && <History history={history} projection={projection} />}
      {strategies && strategies.length > 0 && (
        <StudyCard title="Other ways to take the money out" words={sentences.strategies}>
          <Strategies strategies={strategies} />
        </StudyCard>
      )}
    </>
  );
}

function StudyCard({ title, words, children }: { title: string; words: string; children?: ReactNode }) {
  const id = useId();
  return (
    <section className="card study" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p className="quiet">{words}</p>
      {children}
    </section>
  );
}

function SafeIncomeCard({ safe, projection }: { safe: SafeIncome; projection: Projection }) {
  const difference = safe.income_usd - projection.target_income_usd;
  const beside = difference < 0
    ? `${roundMoney(-difference)} less than the income wanted`
    : `${roundMoney(difference)} more than the income wanted`;
  return (
    <StudyCard title="What would be safe to spend" words={sentences.safe(percent(safe.goal_percent))}>
      <p className="figure">{roundMoney(safe.income_usd)}</p>
      <p>
        That is {beside}
        {safe.rate_percent !== null && <>, and {percent(safe.rate_percent)} of the savings in the first year of retirement</>}.
      </p>
      <p className="quiet small">How it was found: {safe.method}.</p>
    </StudyCard>
  );
}

function Fixes({ fixes, goal }: { fixes: Fix[]; goal: number | undefined }) {
  const where = goal === undefined ? "its goal" : `${percent(goal)} of the futures`;
  return (
    <StudyCard title="What would fix it" words={sentences.fixes(where)}>
      <ul className="fixes">
        {fixes.map((fix) => {
          const { figure, note } = fixWords(fix);
          return (
            <li key={fix.kind}>
              <h4>{fix.title}</h4>
              <p className="figure">{figure}</p>
              <p className="quiet small">{note}</p>
            </li>
          );
        })}
      </ul>
    </StudyCard>
  );
}

function AutopsyCard({ autopsy: { failing_paths: failing, paths, causes, rules } }: { autopsy: Autopsy }) {
  if (failing === 0) {
    return <StudyCard title="Why futures fail" words={`None of ${count(paths, "simulated future")} fails.`} />;
  }
  return (
    <StudyCard title="Why futures fail" words={sentences.autopsy(failing, paths)}>
      <ul className="causes">
        {causes.filter(({ count: number }) => number > 0).map(({ cause, title, count: number }) => (
          <li key={cause}>
            <span>{title}</span>
            <span className="number">{count(number, "future")}, {percent((number / failing) * 100)}</span>
            <span className="success-bar" aria-hidden="true"><span style={{ width: `${(number / failing) * 100}%` }} /></span>
          </li>
        ))}
      </ul>
      <p className="quiet small">{rules}</p>
    </StudyCard>
  );
}

function History({ history, projection }: { history: HistoryOutcome | { reason: string }; projection: Projection }) {
  const title = "What history says";
  if ("reason" in history) {
    return <StudyCard title={title} words={`The plan was not run through history: ${history.reason}`} />;
  }
  const { first_year, last_year, windows, paid, success_percent, worst_start_year, best_start_year } = history;
  return (
    <StudyCard title={title} words={sentences.history(first_year, last_year)}>
      <dl className="key-figures">
        <div><dt>Historical sequences that pay</dt><dd className="number">{percent(success_percent)}</dd></div>
        <div><dt>Simulated futures that pay</dt><dd className="number">{percent(projection.success_percent)}</dd></div>
        <div><dt>Sequences that pay to the end</dt><dd className="number">{paid} of {windows}</dd></div>
        <div><dt>Worst and best start</dt><dd className="number">{worst_start_year} and {best_start_year}</dd></div>
      </dl>
      {history.failing_start_years.length > 0 && <p>Those that fail begin in {yearsWords(history.failing_start_years)}.</p>}
    </StudyCard>
  );
}
