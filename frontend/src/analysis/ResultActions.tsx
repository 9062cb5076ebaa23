import type { Job } from "../api/types";
import { Button } from "../components/Button";
import { download } from "../components/download";
import { Link } from "../routing/router";
import { fileName, jsonOf, markdownOf } from "./documents";

/** Taking an analysis along. */
export function ResultActions({ job }: { job: Job }) {
  return (
    <>
      <Button onClick={() => download(new Blob([markdownOf(job)], { type: "text/markdown" }), fileName(job, "md"))}>
        Download Markdown
      </Button>
      <Button onClick={() => download(new Blob([jsonOf(job)], { type: "application/json" }), fileName(job, "json"))}>
        Download JSON
      </Button>
      <Button onClick={() => window.print()}>Print</Button>
      <Link to="/advisor-team" className="button button-agent">New analysis</Link>
    </>
  );
}
