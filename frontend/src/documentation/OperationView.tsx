import { Operation } from "./openapi";

/** One call of the API: closed it is a line, open it says what it takes and answers. */
export function OperationView({ operation }: { operation: Operation }) {
  const { method, path, summary, needsToken, fields, responses } = operation;
  return (
    <details className="operation" id={operation.id}>
      <summary>
        <span className={`method method-${method.toLowerCase()}`}>{method}</span>
        <code>{path}</code>
        <span>{summary}</span>
        {needsToken && <span className="lock">token</span>}
      </summary>
      <div className="operation-body">
        {fields.length > 0 && (
          <div className="table-wrapper">
            <table className="stacked">
              <caption>What it takes</caption>
              <thead><tr><th scope="col">Name</th><th scope="col">Where</th><th scope="col">What</th></tr></thead>
              <tbody>
                {fields.map(({ name, place, isRequired, words }) => (
                  <tr key={place + name}>
                    <th scope="row"><code>{name}</code>{isRequired && " (required)"}</th>
                    <td data-title="Where">{place}</td>
                    <td data-title="What">{words}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <div className="table-wrapper">
          <table>
            <caption>What it answers</caption>
            <thead><tr><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead>
            <tbody>
              {responses.map(({ status, words, isProblem }) => (
                <tr key={status}>
                  <th scope="row"><code>{status}</code></th>
                  <td>{isProblem ? problemWords[status] ?? words : words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <pre className="example" tabIndex={0} aria-label="Example"><code>{example(operation)}</code></pre>
      </div>
    </details>
  );
}

const problemWords: Record<string, string> = {
  "400": "The body cannot be read.",
  "401": "No token, or one that has expired: sign in again.",
  "403": "It belongs to another household.",
  "404": "It does not exist.",
  "409": "It contradicts what is there; the detail says how.",
  "413": "The body is too large.",
  "422": "A field is wrong; the detail and the fields say which and why.",
  "500": "Something went wrong on our side; nothing was changed.",
  "503": "The database is not ready; try again in a few seconds.",
};

/** The call by curl, on this very site. */
function example({ method, path, needsToken, fields }: Operation): string {
  const words = ["curl"];
  if (method !== "GET") words.push(`-X ${method}`);
  if (needsToken) words.push('-H "Authorization: Bearer $(alex token demo)"');
  if (fields.some(({ place }) => place === "in the body")) words.push("-H 'Content-Type: application/json' -d @body.json");
  return [...words, `'${location.origin}${path}'`].join(" ");
}
