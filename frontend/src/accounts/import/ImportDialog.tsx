import { useState } from "react";
import { useAction } from "../../api/action";
import { write } from "../../api/client";
import { sentence } from "../../api/failure";
import { refresh } from "../../api/resource";
import type { AccountSummary, ImportAnswer } from "../../api/types";
import { Dialog } from "../../components/Dialog";
import { count } from "../../format/numbers";
import { ChooseStep } from "./ChooseStep";
import { ColumnsStep } from "./ColumnsStep";
import { draftRows, ImportDraft, importDraftOf } from "./importDraft";
import { ImportResult, InterruptedImport, sendRows } from "./importRows";
import { DoneStep, PreviewStep } from "./ResultSteps";

type Step =
  | { kind: "choose" } | { kind: "columns" } | { kind: "preview"; result: ImportResult } | { kind: "done"; result: ImportResult };

interface Progress {
  verb: string;
  done: number;
  all: number;
}

const titles: Record<Step["kind"], string> = {
  choose: "Import positions", columns: "Import positions: columns", preview: "Import positions: preview",
  done: "Import positions: result",
};

/** A file, what its columns are, what the server would do with every row, and what it did. */
export function ImportDialog({ accounts, onClose }: { accounts: readonly AccountSummary[]; onClose: () => void }) {
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const [draft, setDraft] = useState<ImportDraft | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const action = useAction();

  function choose(name: string, text: string): void {
    void action.run(async () => {
      setDraft(importDraftOf(name, text, accounts));
      setStep({ kind: "columns" });
    });
  }
  function change(next: ImportDraft): void {
    action.forgetFailure();
    setDraft(next);
  }
  async function send(file: ImportDraft, isDryRun: boolean): Promise<ImportResult> {
    const rows = draftRows(file);
    const verb = isDryRun ? "Checking" : "Importing";
    const place = file.target.kind === "existing" ? { account_id: file.target.id } : {};
    setProgress({ verb, done: 0, all: rows.length });
    try {
      return await sendRows(
        rows, (slice) => write<ImportAnswer>("POST", "/api/import-positions", { rows: slice, dry_run: isDryRun, ...place }),
        (done) => setProgress({ verb, done, all: rows.length }));
    } finally {
      setProgress(null);
      if (!isDryRun) await refresh("/api/portfolio", "/api/accounts");
    }
  }
  function go(file: ImportDraft, isDryRun: boolean): void {
    void action.run(async () => {
      const result = await send(file, isDryRun);
      setStep({ kind: isDryRun ? "preview" : "done", result });
    });
  }
  function restart(): void {
    action.forgetFailure();
    setDraft(null);
    setStep({ kind: "choose" });
  }

  const isImporting = progress?.verb === "Importing";
  return (
    <Dialog title={titles[step.kind]} isWide onClose={() => !isImporting && onClose()}>
      {action.failure !== undefined && <p className="problem" role="alert">{problemOf(action.failure)}</p>}
      {step.kind === "choose" && <ChooseStep onText={choose} onCancel={onClose} />}
      {step.kind === "columns" && draft && (
        <ColumnsStep
          draft={draft} accounts={accounts} isBusy={action.isBusy} onChange={change} onBack={restart}
          onNext={() => go(draft, true)}
        />
      )}
      {step.kind === "preview" && draft && (
        <PreviewStep
          result={step.result} isBusy={action.isBusy} onBack={() => setStep({ kind: "columns" })}
          onImport={() => go(draft, false)}
        />
      )}
      {step.kind === "done" && draft && (
        <DoneStep result={step.result} draft={draft} onAgain={restart} onClose={onClose} />
      )}
      <div role="status">{progress && <ProgressBar {...progress} />}</div>
    </Dialog>
  );
}

function ProgressBar({ verb, done, all }: Progress) {
  return (
    <p className="import-progress">
      <progress max={all} value={done} aria-label={`${verb} rows`} /> {verb} {count(all, "row")}{done > 0 && `, ${done} done`}
    </p>
  );
}

function problemOf(failure: unknown): string {
  if (!(failure instanceof InterruptedImport)) return sentence(failure);
  return `${sentence(failure.reason)} The first ${failure.done} of ${failure.all} rows are imported; start the import again, `
    + "and they are counted as already there.";
}
