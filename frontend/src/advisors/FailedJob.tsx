import type { Job } from "../api/types";
import { Button } from "../components/Button";
import { Link } from "../routing/router";
import { listed, savedSections } from "./jobs";

/** Starting anew. */
export interface Retry {
  start: () => void;
  /** While it is being started. */
  isBusy: boolean;
}

export function RetryButton({ retry }: { retry: Retry }) {
  return <Button kind="agent" busy={retry.isBusy && "Starting"} onClick={retry.start}>Try again</Button>;
}

interface FailedJobProps {
  retry: Retry;
  /** Undefined when it cannot be read either. */
  job: Job | undefined;
  /** With a link to what was saved. */
  isLinked?: boolean;
}

/** Why an analysis did not succeed, and what of it was saved. */
export function FailedJob({ job, retry, isLinked = false }: FailedJobProps) {
  const saved = job ? savedSections(job) : [];
  return (
    <section className="panel panel-error" role="alert">
      <h2>The analysis did not succeed</h2>
      <p>{job?.error_message ?? "The reason could not be read."}</p>
      <p>
        {saved.length === 0
          ? "Nothing of it was saved. Your accounts and earlier analyses are as they were."
          : `Saved before that: ${listed(saved)}.`}
        {" "}
        {isLinked && job && saved.length > 0 && <Link to={`/analysis?job=${job.id}`}>See what was saved</Link>}
      </p>
      <div className="actions"><RetryButton retry={retry} /></div>
    </section>
  );
}
