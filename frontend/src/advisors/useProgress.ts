import { useCallback, useEffect, useState } from "react";
import { read } from "../api/client";
import type { JobEvent } from "../api/types";
import { noProgress, Poller, Progress } from "./polling";

interface Followed {
  /** Null when no analysis is followed. */
  progress: Progress | null;
  /** Follows it from the beginning, after it was given up. */
  again: () => void;
}

/** Follows an analysis by its events, as long as the page that asks is open. */
export function useProgress(jobID: string | null): Followed {
  const [known, setKnown] = useState<{ jobID: string; progress: Progress }>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (jobID === null) return undefined;
    setKnown({ jobID, progress: noProgress });
    const poller = new Poller(
      {
        readEvents: async (after) => (await read<{ events: JobEvent[] }>(`/api/jobs/${jobID}/events?after=${after}`)).events,
        now: () => performance.now(),
        after: (milliseconds, action) => {
          const timer = setTimeout(action, milliseconds);
          return () => clearTimeout(timer);
        },
        isHidden: () => document.visibilityState === "hidden",
      },
      (progress) => setKnown({ jobID, progress }));
    const visibilityChanged = (): void => poller.visibilityChanged();
    document.addEventListener("visibilitychange", visibilityChanged);
    poller.start();
    return () => {
      document.removeEventListener("visibilitychange", visibilityChanged);
      poller.stop();
    };
  }, [jobID, tries]);
  const again = useCallback(() => setTries((count) => count + 1), []);
  if (jobID === null) return { progress: null, again };
  return { progress: known?.jobID === jobID ? known.progress : noProgress, again };
}
