import { useEffect } from "react";
import { AgentCards } from "../advisors/AgentCards";
import { Ending } from "../advisors/Ending";
import type { Retry } from "../advisors/FailedJob";
import { noProgress } from "../advisors/polling";
import { Timeline } from "../advisors/Timeline";
import { useProgress } from "../advisors/useProgress";
import { toast } from "../components/Toasts";

interface UnderWayProps {
  jobID: string;
  /** When it has ended, well or not: what is known about it is old then. */
  onEnd: () => void;
  retry: Retry;
}

/** An analysis that is not there yet: how far it is. */
export function UnderWay({ jobID, onEnd, retry }: UnderWayProps) {
  const { progress, again } = useProgress(jobID);
  const end = progress?.end ?? null;
  useEffect(() => {
    if (end !== "completed" && end !== "failed") return;
    if (end === "completed") toast("success", "The analysis is complete.");
    onEnd();
  }, [end, onEnd]);
  return (
    <div className="stack">
      <AgentCards progress={progress} />
      {progress && (end === "overdue" || end === "gone") && (
        <Ending jobID={jobID} progress={progress} retry={retry} again={again} />
      )}
      <Timeline progress={progress ?? noProgress} />
    </div>
  );
}
