import { DragEvent, FormEvent, useState } from "react";
import { useAction } from "../../api/action";
import { sentence } from "../../api/failure";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { mostFileBytes, textOf } from "./fileText";

interface ChooseStepProps {
  onText: (fileName: string, text: string) => void;
  onCancel: () => void;
}

/** A file is chosen or dropped, or its text pasted. It is read here and goes nowhere yet. */
export function ChooseStep({ onText, onCancel }: ChooseStepProps) {
  const [pasted, setPasted] = useState("");
  const [isOver, setOver] = useState(false);
  const action = useAction();

  function take(file: File | undefined): void {
    if (!file) return;
    void action.run(async () => {
      if (file.size > mostFileBytes) throw new Error(`${file.name} is larger than 5 MB; is it a list of positions?`);
      onText(file.name, textOf(new Uint8Array(await file.arrayBuffer())));
    });
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    onText("The pasted text", pasted);
  }
  return (
    <form onSubmit={submit} className="stack">
      <p className="quiet">
        A list of positions with a symbol and a quantity in each row, from your broker or a spreadsheet. Nothing is changed
        before you have seen what the import would do.
      </p>
      {action.failure !== undefined && <p className="problem" role="alert">{sentence(action.failure)}</p>}
      <div
        className="drop" data-over={isOver} onDrop={drop} onDragLeave={() => setOver(false)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
      >
        <Field label="File" hint="Choose a file, or drop it here. Commas, semicolons or tabs may stand between the columns.">
          <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={(event) => take(event.target.files?.[0])} />
        </Field>
      </div>
      <Field label="Or paste the rows" hint="With their headings.">
        <textarea
          rows={6} className="pasted" spellCheck={false} value={pasted} onChange={(event) => setPasted(event.target.value)}
          placeholder={"account,symbol,quantity\nBrokerage,SPY,10.5"}
        />
      </Field>
      <div className="actions actions-end">
        <Button onClick={onCancel}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={pasted.trim() === ""}>Use the pasted rows</Button>
      </div>
    </form>
  );
}
