import type { Job } from "../api/types";
import { Charts } from "./Charts";
import { Overview } from "./Overview";
import { Recommendations } from "./Recommendations";
import { Retirement } from "./Retirement";
import { Tabs } from "./Tabs";

/** What an analysis has found, in four tabs. */
export function Results({ job }: { job: Job }) {
  return (
    <Tabs
      label="Parts of the analysis"
      tabs={[
        { key: "overview", title: "Overview", content: <Overview job={job} /> },
        { key: "charts", title: "Charts", content: <Charts charts={job.charts_payload} /> },
        { key: "retirement", title: "Retirement", content: <Retirement retirement={job.retirement_payload} /> },
        { key: "recommendations", title: "Recommendations", content: <Recommendations summary={job.summary_payload} /> },
      ]}
    />
  );
}
