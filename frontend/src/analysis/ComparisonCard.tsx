import { lazy, Suspense, useState } from "react";
import type { Job } from "../api/types";
import { useResource } from "../api/resource";
import { Button } from "../components/Button";
import { Loaded } from "../components/Page";
import { SkeletonLines } from "../components/Skeleton";
import { moment } from "../format/times";

const ComparisonTable = lazy(() => import("./ComparisonTable").then((module) => ({ default: module.ComparisonTable })));

/** What has changed since the analysis before; that one is read when somebody asks. */
export function ComparisonCard({ job }: { job: Job }) {
  const [isOpen, setOpen] = useState(false);
  const { previous } = job;
  const earlier = useResource<Job>(isOpen && previous ? `/api/jobs/${previous.id}` : null);
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
          <Loaded resource={earlier} skeleton={<SkeletonLines count={5} />}>
            {(before) => <ComparisonTable now={job} before={before} />}
          </Loaded>
        </Suspense>
      )}
    </section>
  );
}
