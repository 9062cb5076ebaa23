import { lazy, Suspense, useState } from "react";
import type { Job } from "../api/types";
import { Button } from "../components/Button";
import { SkeletonLines } from "../components/Skeleton";
import { moment } from "../format/times";

const ComparisonTable = lazy(() => import("./ComparisonTable").then((module) => ({ default: module.ComparisonTable })));

/** What has changed since the analysis before; the facts of both are read when somebody asks. */
export function ComparisonCard({ job }: { job: Job }) {
  const [isOpen, setOpen] = useState(false);
  const { previous } = job;
  if (!previous) return null;
  return (
    <section className={`card comparison ${isOpen ? "" : "no-print"}`} aria-labelledby="comparison-title">
      <div className="card-header">
        <h3 id="comparison-title">Since the analysis of {moment(previous.completed_at)}</h3>
        <Button className="no-print" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Hide the comparison" : "Compare with the previous analysis"}
        </Button>
      </div>
      {isOpen && (
        <Suspense fallback={<SkeletonLines count={5} />}>
          <ComparisonTable jobID={job.id} previousID={previous.id} />
        </Suspense>
      )}
    </section>
  );
}
