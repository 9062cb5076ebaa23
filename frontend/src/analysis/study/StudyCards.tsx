import { ReactNode, useId } from "react";
import type { Autopsy, Fix, SafeIncome, Study } from "../../api/study";
import type { Projection } from "../../api/types";
import { count, percent, quantity, roundMoney } from "../../format/numbers";
import { Differences, Strategies } from "./StudyTables";
import { readStudy } from "./reading";
import { fixWords, sentences, yearsWords } from "./wording";

/** What a projection says beyond its success; each part has a sentence that says what it is. */
export function StudyCards({ projection }: { projection: Projection }) {
  const { goal, safe, fixes, autopsy, differences, history, strategies, disclosures } = readStudy(projection);
  return (
    <>
      {safe && <SafeIncomeCard safe={safe} goal={goal} projection={projection} />}
      {fixes && <Fixes fixes={fixes} goal={goal} />}
      {autopsy && <AutopsyCard autopsy={autopsy} paths={projection.paths} />}
      {differences && (
        <StudyCard title="Why do calculators differ?" words={sentences.differences}>
          <Differences differences={differences} own={projection.success_percent} />
        </StudyCard>
      )}
      {history && <History history={history} projection={projection} />}
      {strategies && (
        <StudyCard title="Other ways to take the money out" words={sentences.strategies}>
          <Strategies strategies={strategies} />
        </StudyCard>
      )}
      {disclosures.length > 0 && (
        <StudyCard title="What was chosen for this" words={sentences.disclosures}>
          <ul>{disclosures.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
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

function SafeIncomeCard({ safe, goal, projection }: { safe: SafeIncome; goal: number | null; projection: Projection }) {
  const difference = safe.usd - projection.target_income_usd;
  const beside = difference < 0
    ? `${roundMoney(-difference)} less than the income wanted`
    : `${roundMoney(difference)} more than the income wanted`;
  return (
    <StudyCard title="What would be safe to spend" words={sentences.safe(goal === null ? "enough" : percent(goal))}>
      <p className="figure">{roundMoney(safe.usd)}</p>
      <p>
        That is {beside}
        {safe.rate_percent != null && <>, and {percent(safe.rate_percent)} of the savings in the first year of retirement</>}.
      </p>
      <p className="quiet small">How it was found: {safe.method}.</p>
    </StudyCard>
  );
}

function Fixes({ fixes, goal }: { fixes: Fix[]; goal: number | null }) {
  const where = goal === null ? "its goal" : `${percent(goal)} of the futures`;
  return (
    <StudyCard title="What would fix it" words={sentences.fixes(where)}>
      <ul className="fixes">
        {fixes.map((fix) => {
          const { figure, note } = fixWords(fix);
          return (
            <li key={fix.id}>
              <h4>{fix.label}</h4>
              <p className="figure">{figure}</p>
              <p className="quiet small">{note}</p>
            </li>
          );
        })}
      </ul>
    </StudyCard>
  );
}

function AutopsyCard({ autopsy: { failing_paths: failing, causes, rules }, paths }: { autopsy: Autopsy; paths: number }) {
  if (failing === 0) {
    return <StudyCard title="Why futures fail" words={`None of ${count(paths, "simulated future")} fails.`} />;
  }
  return (
    <StudyCard title="Why futures fail" words={sentences.autopsy(failing, paths)}>
      <ul className="causes">
        {causes.filter(({ count: number }) => number > 0).map(({ id, label, count: number, percent: share }) => (
          <li key={id}>
            <span>{label}</span>
            <span className="number">{count(number, "future")}, {percent(share)}</span>
            <span className="success-bar" aria-hidden="true"><span style={{ width: `${Math.min(100, share)}%` }} /></span>
          </li>
        ))}
      </ul>
      <p className="quiet small">{rules}</p>
    </StudyCard>
  );
}

function History({ history, projection }: { history: NonNullable<Study["history"]>; projection: Projection }) {
  const title = "What history says";
  if ("reason" in history) {
    return <StudyCard title={title} words={`The plan was not run through history: ${history.reason}`} />;
  }
  const { first_year, last_year, windows, success_percent, failing_start_years: failing } = history;
  return (
    <StudyCard title={title} words={sentences.history(first_year, last_year)}>
      <dl className="key-figures">
        <div><dt>Historical sequences that pay</dt><dd className="number">{percent(success_percent)}</dd></div>
        <div><dt>Simulated futures that pay</dt><dd className="number">{percent(projection.success_percent)}</dd></div>
        <div><dt>Historical sequences</dt><dd className="number">{windows}</dd></div>
        <div><dt>Simulated futures</dt><dd className="number">{quantity(projection.paths)}</dd></div>
      </dl>
      {failing.length > 0 && <p>Those that fail begin in {yearsWords(failing)}.</p>}
    </StudyCard>
  );
}
