import { sentence } from "../api/failure";
import { Button } from "./Button";
import { Page } from "./Page";

/** @param failure Shown to those who want to know. */
export function ServerError({ failure }: { failure?: unknown }) {
  return (
    <Page title="Something went wrong" className="page-narrow">
      <p className="code" aria-hidden="true">500</p>
      <p>This page could not be shown. Your accounts and analyses are as they were before.</p>
      <div className="actions">
        <Button kind="primary" onClick={() => location.reload()}>Reload the page</Button>
        <a className="button button-plain" href="/dashboard">Go to the dashboard</a>
      </div>
      {failure !== undefined && <details><summary>What happened</summary><p>{sentence(failure)}</p></details>}
    </Page>
  );
}
