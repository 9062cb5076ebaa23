import { useAction } from "../api/action";
import { readFile } from "../api/client";
import { sentence } from "../api/failure";
import type { Job } from "../api/types";
import { Button } from "../components/Button";
import { download } from "../components/download";
import { toast } from "../components/Toasts";
import { factsPath } from "../facts/references";
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
      <FactsDownload job={job} />
      <Button onClick={() => window.print()}>Print</Button>
      <Link to="/advisor-team" className="button button-agent">New analysis</Link>
    </>
  );
}

/** The facts byte for byte as they are served, so that `alex gate --facts` reads them. */
function FactsDownload({ job }: { job: Job }) {
  const { isBusy, run } = useAction();
  async function save(): Promise<void> {
    try {
      download(await readFile(factsPath(job.id)), fileName(job, "json", "facts"));
    } catch (failure) {
      toast("error", `The facts could not be downloaded. ${sentence(failure)}`);
    }
  }
  return <Button busy={isBusy && "Downloading"} onClick={() => void run(save)}>Download facts (JSON)</Button>;
}
