import { Button } from "../../components/Button";
import { download } from "../../components/download";
import { count } from "../../format/numbers";
import { writeCsv } from "./csv";
import type { ImportDraft } from "./importDraft";
import { ImportResult, refusedRows } from "./importRows";
import { ResultTable } from "./ResultTable";

interface PreviewStepProps {
  result: ImportResult;
  isBusy: boolean;
  onBack: () => void;
  onImport: () => void;
}

/** What the server would do. */
export function PreviewStep({ result, isBusy, onBack, onImport }: PreviewStepProps) {
  const { counts, accountsCreated } = result;
  const usable = counts.added + counts.updated + counts.already_there;
  return (
    <div className="stack">
      <p>
        Nothing is changed yet. {usable === 0 ? "No row can be imported: " : "This is what the import would do: "}
        <strong>{countsInWords(result)}</strong>.
        {accountsCreated.length > 0 && ` Accounts that would be opened: ${accountsCreated.join(", ")}.`}
      </p>
      {counts.refused > 0 && usable > 0 && (
        <p className="panel panel-note">Refused rows are left out. You can download them afterwards and put them right.</p>
      )}
      <ResultTable results={result.results} />
      <div className="actions actions-end">
        <Button onClick={onBack} disabled={isBusy}>Back</Button>
        <Button kind="primary" busy={isBusy && "Importing"} disabled={usable === 0} onClick={onImport} autoFocus>
          Import {count(usable, "row")}
        </Button>
      </div>
    </div>
  );
}

interface DoneStepProps {
  result: ImportResult;
  draft: ImportDraft;
  onAgain: () => void;
  onClose: () => void;
}

/** What the server did. */
export function DoneStep({ result, draft, onAgain, onClose }: DoneStepProps) {
  const { counts, accountsCreated } = result;
  function downloadRefused(): void {
    const headings = draft.headings === null ? null : draft.table.records[draft.headings]?.cells ?? null;
    const text = writeCsv(refusedRows(headings, result.results));
    download(new Blob([text], { type: "text/csv" }), "alex-refused-rows.csv");
  }
  return (
    <div className="stack">
      <p role="status">
        The import is done: <strong>{countsInWords(result)}</strong>.
        {accountsCreated.length > 0 && ` Accounts opened: ${accountsCreated.join(", ")}.`}
      </p>
      {counts.refused > 0 && (
        <p className="panel panel-note">
          Download the refused rows, put them right and import them; what is there already is not imported twice.
        </p>
      )}
      <ResultTable results={result.results} />
      <div className="actions actions-end">
        {counts.refused > 0 && <Button onClick={downloadRefused}>Download the refused rows</Button>}
        <Button onClick={onAgain}>Import another file</Button>
        <Button kind="primary" onClick={onClose} autoFocus>Done</Button>
      </div>
    </div>
  );
}

function countsInWords({ counts }: ImportResult): string {
  return `${counts.added} added, ${counts.updated} updated, ${counts.already_there} already there, ${counts.refused} refused`;
}
