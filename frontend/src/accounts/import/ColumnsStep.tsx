import { FormEvent } from "react";
import type { AccountSummary } from "../../api/types";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { count } from "../../format/numbers";
import { columnNames, dataRecords, draftProblem, ImportDraft, needsTarget, withColumn, withHeadings } from "./importDraft";
import type { Target } from "./importRows";
import { Sample } from "./Sample";
import { columns } from "./mapping";

interface ColumnsStepProps {
  draft: ImportDraft;
  accounts: readonly AccountSummary[];
  isBusy: boolean;
  onChange: (draft: ImportDraft) => void;
  onBack: () => void;
  onNext: () => void;
}

/** What each column is: guessed, and to be put right. */
export function ColumnsStep({ draft, accounts, isBusy, onChange, onBack, onNext }: ColumnsStepProps) {
  const names = columnNames(draft);
  const problem = draftProblem(draft);
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (problem === undefined) onNext();
  }
  return (
    <form onSubmit={submit} className="stack" noValidate>
      <p className="quiet">
        {draft.fileName} holds {count(dataRecords(draft).length, "row")}. Say which column is what; the guesses may be wrong.
      </p>
      <div className="fields">
        {columns.map(({ column, title }) => (
          <Field key={column} label={title}>
            <select
              autoFocus={column === columns[0]?.column} value={draft.mapping[column] ?? ""}
              onChange={({ target }) => onChange(withColumn(draft, column, target.value === "" ? null : Number(target.value)))}
            >
              <option value="">Not in the file</option>
              {names.map((name, index) => <option key={index} value={index}>{name}</option>)}
            </select>
          </Field>
        ))}
      </div>
      <div className="fields">
        <HeadingsField draft={draft} onChange={onChange} />
        <Field label="Numbers are written">
          <select
            value={draft.hasDecimalComma ? "comma" : "point"}
            onChange={({ target }) => onChange({ ...draft, hasDecimalComma: target.value === "comma" })}
          >
            <option value="point">1,234.50</option>
            <option value="comma">1.234,50</option>
          </select>
        </Field>
      </div>
      {needsTarget(draft) && (
        <TargetFields accounts={accounts} target={draft.target} onTarget={(target) => onChange({ ...draft, target })} />
      )}
      <Sample draft={draft} />
      <div role="status">{problem !== undefined && <p className="problem">{problem}</p>}</div>
      <div className="actions actions-end">
        <Button onClick={onBack}>Back</Button>
        <Button kind="primary" type="submit" disabled={problem !== undefined} busy={isBusy && "Checking"}>Preview</Button>
      </div>
    </form>
  );
}

/** Headings stand on one of the first lines, or nowhere. */
const mostHeadingLines = 10;

function HeadingsField({ draft, onChange }: Pick<ColumnsStepProps, "draft" | "onChange">) {
  const choices = draft.table.records.slice(0, Math.max(mostHeadingLines, (draft.headings ?? 0) + 1));
  return (
    <Field label="Headings are on">
      <select
        value={draft.headings ?? ""}
        onChange={({ target }) => onChange(withHeadings(draft, target.value === "" ? null : Number(target.value)))}
      >
        <option value="">No line: all are rows</option>
        {choices.map(({ line }, index) => <option key={line} value={index}>Line {line}</option>)}
      </select>
    </Field>
  );
}

interface TargetFieldsProps {
  accounts: readonly AccountSummary[];
  target: Target;
  onTarget: (target: Target) => void;
}

function TargetFields({ accounts, target, onTarget }: TargetFieldsProps) {
  return (
    <div className="fields">
      <Field label="Rows without an account go to">
        <select
          value={target.kind === "existing" ? target.id : ""}
          onChange={({ target: { value } }) =>
            onTarget(value === "" ? { kind: "new", name: "" } : { kind: "existing", id: value })}
        >
          {accounts.map(({ id, account_name }) => <option key={id} value={id}>{account_name}</option>)}
          <option value="">A new account</option>
        </select>
      </Field>
      {target.kind === "new" && (
        <Field label="Name of the new account">
          <input
            autoComplete="off" maxLength={255} value={target.name}
            onChange={(event) => onTarget({ kind: "new", name: event.target.value })}
          />
        </Field>
      )}
    </div>
  );
}
