import { lazy, Suspense, useState } from "react";
import { JudgedJob, refusals, verdictKind, verdictWords, wasRepaired } from "./verdict";

const VerdictPanel = lazy(() => import("./VerdictPanel").then((module) => ({ default: module.VerdictPanel })));

const signs = { good: "✓", agent: "✓", warning: "?" } as const;

/** Whether the numbers were checked, and on request what that means and what was refused. */
export function VerdictNote({ job }: { job: JudgedJob }) {
  const { verdict } = job;
  const kind = verdictKind(verdict);
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <details className="verdict" onToggle={() => setWasOpen(true)}>
      <summary>
        <span className={`badge badge-${kind}`}><span aria-hidden="true">{signs[kind]}</span>{verdictWords(job)}</span>
        <span className="verdict-more">What this means</span>
      </summary>
      {wasOpen && (
        <Suspense fallback={null}>
          <VerdictPanel
            status={verdict?.status} refused={verdict ? refusals(verdict) : []}
            isRepaired={verdict ? wasRepaired(verdict) : false} review={job.report_payload?.review}
          />
        </Suspense>
      )}
    </details>
  );
}
