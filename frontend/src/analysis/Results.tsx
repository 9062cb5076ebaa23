import type { Job } from "../api/types";
import { FactsProvider } from "../facts/FactsProvider";
import { Charts } from "./Charts";
import { Overview } from "./Overview";
import { Recommendations, recommendationsKey } from "./Recommendations";
import { Retirement } from "./Retirement";
import { Tabs } from "./Tabs";
import { VerdictNote } from "./VerdictNote";

/** What an analysis has found, in four tabs, and whether its numbers were checked. */
export function Results({ job }: { job: Job }) {
  return (
    <FactsProvider jobID={job.id}>
      <VerdictNote job={job} />
      <Tabs
        label="Parts of the analysis"
        tabs={[
          { key: "overview", title: "Overview", content: <Overview job={job} /> },
          { key: "charts", title: "Charts", content: <Charts charts={job.charts_payload} /> },
          { key: "retirement", title: "Retirement", content: <Retirement retirement={job.retirement_payload} /> },
          {
            key: recommendationsKey, title: "Recommendations",
            content: <Recommendations summary={job.summary_payload} jobID={job.id} />,
          },
        ]}
      />
    </FactsProvider>
  );
}
