import { FormEvent, useState } from "react";
import { fieldProblem, formProblem, useAction } from "../api/action";
import { write } from "../api/client";
import { sentence } from "../api/failure";
import { refresh } from "../api/resource";
import type { AccountWithPositions, Position } from "../api/types";
import { AmountInput } from "../components/AmountInput";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Field } from "../components/Field";
import { toast } from "../components/Toasts";
import { plainAmount } from "../format/amounts";
import { price, quantity } from "../format/numbers";
import { useSuggestions } from "./instruments";
import { heldAlready, Knowledge, knowledgeOf, lacksPrice, PositionDraft, positionProblems, symbolOf } from "./positionDraft";
import { SymbolCombobox } from "./SymbolCombobox";

const labels: Record<keyof PositionDraft, string> = { symbol: "Symbol", quantity: "Quantity", price: "Your price" };
const fields = Object.keys(labels);

/** Symbols that nobody knows are welcome: the next analysis finds out what they are. */
export function AddPositionDialog({ account, onClose }: { account: AccountWithPositions; onClose: () => void }) {
  const [draft, setDraft] = useState<PositionDraft>({ symbol: "", quantity: "", price: "" });
  const [isJudged, setJudged] = useState(false);
  const [isTyped, setTyped] = useState(true);
  const suggestions = useSuggestions(draft.symbol);
  const action = useAction();
  const knowledge = knowledgeOf(draft.symbol, suggestions, isTyped);
  const needsPrice = lacksPrice(knowledge);
  const found = isJudged ? positionProblems(draft, needsPrice) : {};

  function set(field: keyof PositionDraft, text: string): void {
    setDraft((before) => ({ ...before, [field]: text }));
  }
  function problem(field: keyof PositionDraft): string | undefined {
    return found[field] ?? fieldProblem(action.failure, field, labels[field]);
  }
  async function add(): Promise<void> {
    const own = needsPrice ? plainAmount(draft.price) : null;
    await write("POST", "/api/positions", {
      account_id: account.id, symbol: symbolOf(draft.symbol), quantity: plainAmount(draft.quantity),
      ...(own === null ? {} : { price: own }),
    });
    await refresh("/api/accounts", "/api/portfolio");
    onClose();
    toast("success", `${symbolOf(draft.symbol)} is in ${account.account_name}.`);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setJudged(true);
    if (Object.keys(positionProblems(draft, needsPrice)).length === 0) void action.run(add);
  }

  const general = formProblem(action.failure, fields);
  const held = heldAlready(draft.symbol, account.positions);
  return (
    <Dialog title="Add a position" onClose={onClose}>
      <form onSubmit={submit} noValidate className="stack">
        {general && <p className="problem" role="alert">{general}</p>}
        <Field label={labels.symbol} hint={<Known knowledge={knowledge} held={held} />} problem={problem("symbol")}>
          <SymbolCombobox
            value={draft.symbol} onValue={(text) => set("symbol", text)} suggestions={suggestions.instruments}
            onFocusChange={setTyped}
          />
        </Field>
        <Field label={labels.quantity} hint="Shares, up to 8 decimals" problem={problem("quantity")}>
          <AmountInput value={draft.quantity} onValue={(text) => set("quantity", text)} />
        </Field>
        {needsPrice && (
          <Field
            label={labels.price} problem={problem("price")}
            hint="Optional, US dollars a share: used until a better source knows one."
          >
            <AmountInput value={draft.price} onValue={(text) => set("price", text)} />
          </Field>
        )}
        <div className="actions actions-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={action.isBusy && "Adding"}>
            {held ? "Replace the quantity" : "Add the position"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Known({ knowledge, held }: { knowledge: Knowledge; held: Position | undefined }) {
  if (held) return <>{held.symbol} is in this account with {quantity(held.quantity)}; the new quantity takes its place.</>;
  switch (knowledge.kind) {
    case "nothing typed": return <>A ticker or the beginning of a name; unknown symbols are welcome.</>;
    case "looking": return <>Looking it up</>;
    case "choosing": return <>Choose one, or go on with {knowledge.symbol}.</>;
    case "unavailable": return <>{sentence(knowledge.failure)} The symbol can be added all the same.</>;
    case "known": {
      const { name, current_price, allocation_asset_class } = knowledge.instrument;
      const priced = current_price === null ? "no price known yet" : price(current_price);
      return <>{name}, {priced}{allocation_asset_class === null && ", not classified yet"}</>;
    }
    case "unknown":
      return (
        <>
          {knowledge.symbol} is not known. It is kept as <em>not classified yet</em>, and the next analysis finds out what
          it is.
        </>
      );
  }
}
