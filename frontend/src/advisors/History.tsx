import { useState } from "react";
import { read } from "../api/client";
import { sentence } from "../api/failure";
import type { JobHead } from "../api/types";
import { Button } from "../components/Button";
import { moment } from "../format/times";
import { Link } from "../routing/router";
import { durationText, isUnderWay, listed, stateWords } from "./jobs";

export interface JobPage {
  jobs: JobHead[];
  /** Where the next page begins. */
  next?: string;
}

export const jobsPath = "/api/jobs?limit=10";

/** Earlier analyses, newest first; more of them on demand. */
export function History({ first }: { first: JobPage }) {
  const [older, setOlder] = useState<{ after: string; pages: JobPage[] }>({ after: "", pages: [] });
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string>();
  // Pages that were read after another first page would leave a gap or repeat a row.
  const pages = older.after === first.next ? [first, ...older.pages] : [first];
  const next = pages[pages.length - 1]?.next;

  async function more(): Promise<void> {
    if (!next || !first.next) return;
    setLoading(true);
    setProblem(undefined);
    try {
      const page = await read<JobPage>(`${jobsPath}&before=${encodeURIComponent(next)}`);
      setOlder({ after: first.next, pages: [...pages.slice(1), page] });
    } catch (failure) {
      setProblem(sentence(failure));
    } finally {
      setLoading(false);
    }
  }

  const jobs = pages.flatMap((page) => page.jobs);
  return (
    <section className="card" aria-labelledby="history-title">
      <div className="card-header"><h2 id="history-title">Previous analyses</h2></div>
      {jobs.length === 0
        ? <p className="quiet">There are none yet. Start the first one: it reads your accounts and changes nothing in them.</p>
        : <HistoryTable jobs={jobs} />}
      {problem && <p className="problem" role="alert">{problem}</p>}
      {next && (
        <div className="actions actions-center">
          <Button onClick={() => void more()} busy={isLoading && "Loading"}>Show more</Button>
        </div>
      )}
    </section>
  );
}

function HistoryTable({ jobs }: { jobs: JobHead[] }) {
  return (
    <table className="stacked">
      <thead>
        <tr>
          <th scope="col">Started</th>
          <th scope="col">State</th>
          <th scope="col">Took</th>
          <th scope="col">What is missing</th>
          <th scope="col"><span className="visually-hidden">Result</span></th>
        </tr>
      </thead>
      <tbody>{jobs.map((job) => <HistoryRow key={job.id} job={job} />)}</tbody>
    </table>
  );
}

function HistoryRow({ job }: { job: JobHead }) {
  const { text, kind } = stateWords(job);
  const when = moment(job.created_at);
  return (
    <tr>
      <th scope="row">{when}</th>
      <td data-title="State"><span className={`badge badge-${kind}`}>{text}</span></td>
      <td data-title="Took" className="number">{durationText(job)}</td>
      <td data-title="What is missing">{missingText(job)}</td>
      <td className="history-link">
        {!isUnderWay(job) && <Link to={`/analysis?job=${job.id}`} aria-label={`View the analysis of ${when}`}>View</Link>}
      </td>
    </tr>
  );
}

function missingText(job: JobHead): string {
  if (job.status === "failed") return job.error_message ?? "The reason is not known";
  if (isUnderWay(job)) return "Not known yet";
  const missing = listed(job.missing_sections);
  return missing === "" ? "Nothing" : missing.charAt(0).toUpperCase() + missing.slice(1);
}
