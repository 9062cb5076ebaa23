import type { Job } from "../api/types";
import { useResource } from "../api/resource";
import { Button } from "../components/Button";
import { SkeletonLines } from "../components/Skeleton";
import { Link } from "../routing/router";
import { FailedJob, Retry, RetryButton } from "./FailedJob";
import type { End, Progress } from "./polling";

interface EndingProps {
  jobID: string;
  progress: Progress;
  retry: Retry;
  /** Asks again how far it is. */
  again: () => void;
}

/** How an analysis ended, and what can be done then. */
export function Ending({ jobID, progress, retry, again }: EndingProps) {
  switch (progress.end) {
    case null: return null;
    case "completed":
      return (
        <section className="panel panel-primary" role="status">
          <h2>The analysis is complete</h2>
          <p><Link to={`/analysis?job=${jobID}`}>See the analysis</Link></p>
        </section>
      );
    case "failed": return <Failure jobID={jobID} retry={retry} />;
    default: return <GivenUp end={progress.end} trouble={progress.trouble} retry={retry} again={again} />;
  }
}

function Failure({ jobID, retry }: Pick<EndingProps, "jobID" | "retry">) {
  const { data: job, failure } = useResource<Job>(`/api/jobs/${jobID}`);
  if (!job && failure === undefined) return <div className="panel panel-error"><SkeletonLines count={3} /></div>;
  return <FailedJob job={job} retry={retry} isLinked />;
}

interface GivenUpProps {
  retry: Retry;
  end: Extract<End, "overdue" | "gone">;
  trouble: string | null;
  again: () => void;
}

function GivenUp({ end, trouble, retry, again }: GivenUpProps) {
  return (
    <section className="panel panel-error" role="alert">
      {end === "gone" ? (
        <>
          <h2>The analysis does not exist</h2>
          <p>{trouble ?? "It may have been deleted."} Your accounts are as they were. Start a new one.</p>
        </>
      ) : (
        <>
          <h2>The analysis takes too long</h2>
          <p>
            It has not ended in 20 minutes, so Alex no longer asks. What it has saved is not lost, and it may still end:
            look again later, or start a new one.
          </p>
        </>
      )}
      <div className="actions">
        {end === "overdue" && <Button onClick={again}>Look again</Button>}
        <RetryButton retry={retry} />
      </div>
    </section>
  );
}
