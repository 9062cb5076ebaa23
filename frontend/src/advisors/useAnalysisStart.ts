import { useCallback, useState } from "react";
import { write } from "../api/client";
import { sentence, SignedOut } from "../api/failure";
import { refresh } from "../api/resource";

interface AnalysisStart {
  start: () => void;
  isBusy: boolean;
  /** Why it could not be started, such as too many that are under way. */
  problem: string | undefined;
}

/** Starts an analysis of the household. */
export function useAnalysisStart(onStarted: (jobID: string) => void): AnalysisStart {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const start = useCallback(async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { job_id } = await write<{ job_id: string }>("POST", "/api/analyze", {});
      onStarted(job_id);
      await refresh("/api/jobs");
    } catch (failure) {
      if (!(failure instanceof SignedOut)) setProblem(sentence(failure));
    } finally {
      setBusy(false);
    }
  }, [onStarted]);
  return { start: () => void start(), isBusy, problem };
}
