import { lazy, Suspense, useCallback } from "react";
import { FailedJob } from "../advisors/FailedJob";
import { isUnderWay, stateWords } from "../advisors/jobs";
import { useAnalysisStart } from "../advisors/useAnalysisStart";
import { hasAnything } from "../analysis/parts";
import { ResultActions } from "../analysis/ResultActions";
import { Results } from "../analysis/Results";
import { ApiFailure } from "../api/failure";
import { refresh, useResource } from "../api/resource";
import type { Job } from "../api/types";
import { EmptyState } from "../components/EmptyState";
import { Loaded, Page } from "../components/Page";
import { PageSkeleton } from "../components/Skeleton";
import { moment } from "../format/times";
import { Link, navigate, useQuery } from "../routing/router";

/** Most visits find a finished analysis and have no use for this. */
const UnderWay = lazy(() => import("../analysis/UnderWay").then((module) => ({ default: module.UnderWay })));

/** The newest complete analysis, or the one the address names. */
export default function AnalysisPage() {
  const jobID = useQuery("job");
  // Null when none is complete yet.
  const path = jobID === null ? "/api/jobs/latest" : `/api/jobs/${encodeURIComponent(jobID)}`;
  const resource = useResource<Job | null>(path);
  const { data: job, failure } = resource;
  const isMissing = job === null || (!job && failure instanceof ApiFailure && failure.isNotFound);
  return (
    <Page
      title="Analysis" className="analysis-page" isReady={job !== undefined || isMissing}
      lead={job && <Lead job={job} />} actions={job && hasAnything(job) && !isUnderWay(job) && <ResultActions job={job} />}
    >
      {isMissing
        ? <NothingHere isNamed={jobID !== null} />
        : <Loaded resource={resource}>{(found) => found && <Content key={found.id} job={found} />}</Loaded>}
    </Page>
  );
}

function Lead({ job }: { job: Job }) {
  const { text, kind } = stateWords(job);
  const when = job.status === "completed" ? `Completed ${moment(job.completed_at)}` : `Started ${moment(job.created_at)}`;
  return <>{when} <span className={`badge badge-${kind}`}>{text}</span></>;
}

function NothingHere({ isNamed }: { isNamed: boolean }) {
  const start = <Link to="/advisor-team" className="button button-agent">Go to the advisor team</Link>;
  if (isNamed) {
    return (
      <EmptyState
        title="This analysis does not exist"
        actions={<><Link to="/analysis" className="button button-plain">See the newest analysis</Link>{start}</>}
      >
        It may have been deleted, or it belongs to another household.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="There is no analysis yet" actions={start}>
      Start one with the advisor team: it reads your accounts and writes a report, charts and a retirement projection.
    </EmptyState>
  );
}

function Content({ job }: { job: Job }) {
  const show = useCallback((started: string) => navigate(`/analysis?job=${started}`), []);
  const { start, isBusy, problem } = useAnalysisStart(show);
  const readAnew = useCallback(() => void refresh("/api/jobs", "/api/portfolio", "/api/accounts"), []);
  const retry = { start, isBusy };
  return (
    <>
      {problem && <p className="panel panel-error" role="alert">{problem}</p>}
      {isUnderWay(job) ? (
        <Suspense fallback={<PageSkeleton isInside />}><UnderWay jobID={job.id} onEnd={readAnew} retry={retry} /></Suspense>
      ) : (
        <>
          {job.status === "failed" && <FailedJob job={job} retry={retry} />}
          {hasAnything(job) && <Results job={job} />}
        </>
      )}
    </>
  );
}
