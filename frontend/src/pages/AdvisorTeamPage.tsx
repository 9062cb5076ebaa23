import { useEffect, useState } from "react";
import { refresh, useResource } from "../api/resource";
import { AgentCards } from "../advisors/AgentCards";
import { Ending } from "../advisors/Ending";
import { History, JobPage, jobsPath } from "../advisors/History";
import { isUnderWay } from "../advisors/jobs";
import { Timeline } from "../advisors/Timeline";
import { useAnalysisStart } from "../advisors/useAnalysisStart";
import { useProgress } from "../advisors/useProgress";
import { Button } from "../components/Button";
import { Loaded, Page } from "../components/Page";
import { toast } from "../components/Toasts";
import { navigate } from "../routing/router";

/** So that one sees the last agent finish. */
const pauseBeforeResultMilliseconds = 1_500;

export default function AdvisorTeamPage() {
  const jobs = useResource<JobPage>(jobsPath);
  const [followedID, setFollowedID] = useState<string | null>(null);
  const runningID = jobs.data?.jobs.find(isUnderWay)?.id ?? null;
  // One that runs already is found again; after its end it stays until the next one is started.
  useEffect(() => {
    if (runningID !== null) setFollowedID((followed) => followed ?? runningID);
  }, [runningID]);
  const { progress, again } = useProgress(followedID);
  const { start, isBusy, problem } = useAnalysisStart(setFollowedID);
  useResult(followedID, progress?.end ?? null);

  const isRunning = progress !== null && progress.end === null;
  return (
    <Page
      title="Advisor team" lead="Four agents read your accounts together and write one analysis."
      isReady={jobs.data !== undefined}
      actions={
        <Button kind="agent" onClick={start} disabled={isRunning || jobs.data === undefined} busy={isBusy && "Starting"}>
          {isRunning ? "An analysis is under way" : "Start new analysis"}
        </Button>
      }
    >
      <div className="stack">
        {problem && <p className="panel panel-error" role="alert">{problem}</p>}
        <AgentCards progress={progress} />
        {followedID && progress && (
          <>
            <Ending jobID={followedID} progress={progress} retry={{ start, isBusy }} again={again} />
            <Timeline progress={progress} />
          </>
        )}
        <Loaded resource={jobs}>{(first) => <History first={first} />}</Loaded>
      </div>
    </Page>
  );
}

/** When the analysis has ended: says so, reads anew what changed, and after a moment leads to the result. */
function useResult(jobID: string | null, end: string | null): void {
  useEffect(() => {
    if (jobID === null || end === null) return undefined;
    void refresh("/api/jobs", "/api/portfolio", "/api/accounts");
    if (end !== "completed") return undefined;
    toast("success", "The analysis is complete.");
    // The timer ends with the page: who has gone elsewhere stays there.
    const timer = setTimeout(() => navigate(`/analysis?job=${jobID}`), pauseBeforeResultMilliseconds);
    return () => clearTimeout(timer);
  }, [jobID, end]);
}
