import { FormEvent, KeyboardEvent, useEffect, useRef, useState } from "react";
import { fieldProblem, formProblem, useAction } from "../api/action";
import { write } from "../api/client";
import { refresh } from "../api/resource";
import type { Position } from "../api/types";
import { toast } from "../components/Toasts";
import { amountProblem, groupedAmount, isSameAmount, plainAmount, shares } from "../format/amounts";
import { quantity } from "../format/numbers";

/** A quantity that becomes an input: Enter saves, Escape leaves it as it was. */
export function QuantityCell({ position }: { position: Position }) {
  const [isEdited, setEdited] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const wasEdited = useRef(false);
  useEffect(() => {
    if (wasEdited.current && !isEdited) opener.current?.focus();
    wasEdited.current = isEdited;
  }, [isEdited]);
  if (isEdited) return <QuantityForm position={position} onDone={() => setEdited(false)} />;
  return (
    <button type="button" ref={opener} className="quantity-button" onClick={() => setEdited(true)}>
      <span className="number">{quantity(position.quantity)}</span>
      <span className="visually-hidden">, change the quantity of {position.symbol}</span>
      <span aria-hidden="true" className="pencil">✎</span>
    </button>
  );
}

function QuantityForm({ position, onDone }: { position: Position; onDone: () => void }) {
  const [text, setText] = useState(groupedAmount(position.quantity));
  const [isJudged, setJudged] = useState(false);
  const action = useAction();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const problem = (isJudged ? amountProblem(text, shares) : undefined)
    ?? fieldProblem(action.failure, "quantity", "The quantity") ?? formProblem(action.failure, ["quantity"]);
  const problemID = `quantity-problem-${position.id}`;

  async function save(): Promise<void> {
    if (!isSameAmount(text, position.quantity)) {
      await write("PUT", `/api/positions/${position.id}`, { quantity: plainAmount(text) });
      await refresh("/api/accounts", "/api/portfolio");
      toast("success", `${position.symbol}: the quantity is saved.`);
    }
    onDone();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setJudged(true);
    if (amountProblem(text, shares) === undefined) void action.run(save);
  }
  function press(event: KeyboardEvent): void {
    if (event.key === "Escape" && !action.isBusy) onDone();
  }
  return (
    <form className="quantity-form" onSubmit={submit} onKeyDown={press} noValidate>
      <input
        ref={input} autoFocus inputMode="decimal" autoComplete="off" aria-label={`Quantity of ${position.symbol}`} value={text}
        aria-invalid={problem !== undefined} aria-describedby={problem === undefined ? undefined : problemID}
        readOnly={action.isBusy} onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button button-primary button-small" disabled={action.isBusy}>
        {action.isBusy ? "Saving" : "Save"}
      </button>
      <button type="button" className="button button-quiet button-small" onClick={onDone} disabled={action.isBusy}>Cancel</button>
      {problem !== undefined && <p className="problem" id={problemID} role="alert">{problem}</p>}
    </form>
  );
}
