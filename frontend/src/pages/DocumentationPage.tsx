import { useEffect, useState } from "react";
import { sentence } from "../api/failure";
import { ErrorPanel } from "../components/ErrorPanel";
import { Page } from "../components/Page";
import { SkeletonLines } from "../components/Skeleton";
import { groups, OpenAPI } from "../documentation/openapi";
import { OperationView } from "../documentation/OperationView";

const address = "/openapi.json";

/** The web API as it describes itself, for people. */
export default function DocumentationPage() {
  const [document, setDocument] = useState<OpenAPI>();
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    fetch(address)
      .then(async (response) => {
        if (!response.ok) throw new Error(`the description is not there (status ${response.status}); try again later`);
        setDocument((await response.json()) as OpenAPI);
      })
      .catch((reason: unknown) => setFailure(new Error(sentence(reason))));
  }, []);
  return (
    <Page title="Web API" isReady={document !== undefined} lead={document?.info.description}
      actions={<a className="button button-plain" href={address}>OpenAPI document</a>}>
      {failure && <ErrorPanel failure={failure} />}
      {!document && !failure && <SkeletonLines count={8} />}
      {document && <Contents document={document} />}
    </Page>
  );
}

function Contents({ document }: { document: OpenAPI }) {
  return (
    <div className="stack">
      <section className="panel panel-primary">
        <h2>Signing in</h2>
        <p>
          Calls marked <em>token</em> need the header <code>Authorization: Bearer TOKEN</code>. On your own machine{" "}
          <code>alex token demo</code> prints one. Every failure has the same shape: <code>detail</code> says what happened
          and what to do, <code>code</code> is for programs, <code>request_id</code> finds it in the logs.
        </p>
      </section>
      {groups(document).map(({ name, operations }) => (
        <section key={name} aria-label={name}>
          <div className="card-header"><h2>{name}</h2></div>
          {operations.map((operation) => <OperationView key={operation.id} operation={operation} />)}
        </section>
      ))}
    </div>
  );
}
