import { ApiFailure, sentence } from "../api/failure";
import { Button } from "./Button";

/** What went wrong, and what to do next. */
export function ErrorPanel({ failure, retry }: { failure: unknown; retry?: () => void }) {
  const requestID = failure instanceof ApiFailure ? failure.requestID : undefined;
  return (
    <section className="panel panel-error" role="alert">
      <h2>This could not be loaded</h2>
      <p>{sentence(failure)}</p>
      {requestID && <p className="small">Request {requestID}</p>}
      {retry && <Button onClick={retry}>Try again</Button>}
    </section>
  );
}
