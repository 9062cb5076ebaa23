import type { Job } from "../api/types";
import { Markdown } from "../report/Markdown";
import { ComparisonCard } from "./ComparisonCard";
import { missingSentences, missingTitle, plainParts } from "./parts";

/** The headline, what to know about the analysis itself, and the report. */
export function Overview({ job }: { job: Job }) {
  const { summary_payload: summary, report_payload: report } = job;
  return (
    <div className="stack">
      {summary && (
        <section className="card headline">
          <h3>{summary.headline}</h3>
          <ul>{summary.key_points.map((point, index) => <li key={index}>{point}</li>)}</ul>
        </section>
      )}
      <Missing job={job} />
      <ComparisonCard job={job} />
      {report
        ? <article className="card"><Markdown text={report.content} citations={report.citations} shift={2} /></article>
        : <p className="quiet">There is no report in this analysis.</p>}
    </div>
  );
}

function Missing({ job }: { job: Job }) {
  const title = missingTitle(job);
  // Since numbers are checked, the verdict above the tabs names them.
  const plain = job.verdict ? [] : plainParts(job);
  return (
    <>
      {title && (
        <section className="panel panel-note">
          <h3>{title}</h3>
          {missingSentences(job).map((sentence) => <p key={sentence}>{sentence}</p>)}
          <p>The other parts are complete. A new analysis tries all of them again.</p>
        </section>
      )}
      {plain.length > 0 && (
        <section className="panel panel-primary">
          <h3>Written by rules</h3>
          <p>
            What a model wrote did not pass Alex's checks here, so code wrote the plain version from the same figures:
          </p>
          <ul>{plain.map((place) => <li key={place}>{place}</li>)}</ul>
        </section>
      )}
    </>
  );
}
