import { lazy, ReactNode, Suspense, useEffect, useState } from "react";
import type { Job, Recommendation } from "../api/types";
import { count } from "../format/numbers";
import { useQuery } from "../routing/router";

const StandsOn = lazy(() => import("./StandsOn").then((module) => ({ default: module.StandsOn })));

/** Of the tab, in the address. */
export const recommendationsKey = "recommendations";

const order = ["High", "Medium", "Low"] as const;
const badges = { High: "bad", Medium: "warning", Low: "agent" } as const;

/** The most pressing first; equal ones stay in their order. */
export function byPriority(recommendations: readonly Recommendation[]): Recommendation[] {
  return [...recommendations].sort((one, other) => order.indexOf(one.priority) - order.indexOf(other.priority));
}

export function Recommendations({ summary, jobID }: { summary: Job["summary_payload"]; jobID: string }) {
  const isOpen = useQuery("tab") === recommendationsKey;
  const [wasOpen, setWasOpen] = useState(isOpen);
  useEffect(() => {
    if (isOpen) setWasOpen(true);
  }, [isOpen]);
  if (!summary) return <p className="quiet">There are no recommendations in this analysis.</p>;
  const recommendations = byPriority(summary.recommendations);
  return (
    <div className="stack">
      {recommendations.length === 0
        ? <p className="quiet">Nothing needs to be done by the figures of this analysis.</p>
        : (
          <ol className="recommendations">
            {recommendations.map((each, index) => (
              <Card key={index} recommendation={each} facts={<Facts ids={each.facts} jobID={jobID} isRead={wasOpen} />} />
            ))}
          </ol>
        )}
      {summary.data_gaps.length > 0 && (
        <section className="card" aria-labelledby="gaps-title">
          <h3 id="gaps-title">What is not known</h3>
          <p className="quiet">With these the analysis would be better founded.</p>
          <ul>{summary.data_gaps.map((gap, index) => <li key={index}>{gap}</li>)}</ul>
        </section>
      )}
    </div>
  );
}

interface CardProps {
  recommendation: Recommendation;
  facts: ReactNode;
}

/** They are read when the tab is opened for the first time; until then it is said how many there are. */
function Facts({ ids = [], jobID, isRead }: { ids: string[] | undefined; jobID: string; isRead: boolean }) {
  if (ids.length === 0) return null;
  const number = count(ids.length, "fact");
  return (
    <>
      <dt>Stands on</dt>
      <dd>{isRead ? <Suspense fallback={number}><StandsOn jobID={jobID} ids={ids} /></Suspense> : number}</dd>
    </>
  );
}

function Card({ recommendation: { priority, recommendation, reasoning, impact }, facts }: CardProps) {
  return (
    <li className={`card recommendation priority-${priority.toLowerCase()}`}>
      <div className="card-header">
        <h3>{recommendation}</h3>
        <span className={`badge badge-${badges[priority]}`}>{priority} priority</span>
      </div>
      <dl>
        <dt>Why</dt><dd>{reasoning}</dd>
        <dt>What it does</dt><dd>{impact}</dd>
        {facts}
      </dl>
    </li>
  );
}
