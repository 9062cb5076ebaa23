import { FormEvent, useState } from "react";
import { fieldProblem, formProblem, useAction } from "../api/action";
import { write } from "../api/client";
import { refresh } from "../api/resource";
import type { Account } from "../api/types";
import { AmountInput } from "../components/AmountInput";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Field } from "../components/Field";
import { toast } from "../components/Toasts";
import { accountChange, AccountDraft, accountDraftOf, AccountField, accountProblems, emptyAccount } from "./accountDraft";

interface AccountDialogProps {
  /** Null opens a new one. */
  account: Account | null;
  onClose: () => void;
}

const labels: Record<AccountField, string> = {
  account_name: "Name", account_purpose: "Purpose", cash_balance: "Cash", cash_interest: "Interest on cash",
};
const fields = Object.keys(labels) as AccountField[];

/** Opens an account or changes one: only what was changed is sent. */
export function AccountDialog({ account, onClose }: AccountDialogProps) {
  const stored = account ? accountDraftOf(account) : emptyAccount;
  const [draft, setDraft] = useState(stored);
  const [isJudged, setJudged] = useState(false);
  const action = useAction();
  const found = isJudged ? accountProblems(draft) : {};

  function set(field: AccountField, text: string): void {
    setDraft((before) => ({ ...before, [field]: text }));
  }
  function problem(field: AccountField): string | undefined {
    return found[field] ?? fieldProblem(action.failure, field, labels[field]);
  }
  async function save(): Promise<void> {
    const change = accountChange(stored, draft);
    if (account === null) await write("POST", "/api/accounts", change);
    else if (Object.keys(change).length > 0) await write("PUT", `/api/accounts/${account.id}`, change);
    await refresh("/api/portfolio", "/api/accounts");
    onClose();
    toast("success", account === null ? `The account ${draft.account_name.trim()} is open.` : "The account is saved.");
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setJudged(true);
    if (Object.keys(accountProblems(draft)).length === 0) void action.run(save);
  }

  const general = formProblem(action.failure, fields);
  return (
    <Dialog title={account ? "Edit the account" : "Add an account"} onClose={onClose}>
      <form onSubmit={submit} noValidate className="stack">
        {general && <p className="problem" role="alert">{general}</p>}
        <AccountFields draft={draft} set={set} problem={problem} />
        <div className="actions actions-end">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={action.isBusy && "Saving"}>{account ? "Save" : "Add the account"}</Button>
        </div>
      </form>
    </Dialog>
  );
}

interface AccountFieldsProps {
  draft: AccountDraft;
  set: (field: AccountField, text: string) => void;
  problem: (field: AccountField) => string | undefined;
}

function AccountFields({ draft, set, problem }: AccountFieldsProps) {
  return (
    <>
      <Field label={labels.account_name} problem={problem("account_name")}>
        <input
          autoComplete="off" required value={draft.account_name}
          onChange={(event) => set("account_name", event.target.value)}
        />
      </Field>
      <Field
        label={labels.account_purpose} hint="Optional, such as “Retirement” or “House”." problem={problem("account_purpose")}
      >
        <input
          autoComplete="off" value={draft.account_purpose}
          onChange={(event) => set("account_purpose", event.target.value)}
        />
      </Field>
      <div className="fields">
        <Field label={labels.cash_balance} hint="US dollars" problem={problem("cash_balance")}>
          <AmountInput value={draft.cash_balance} onValue={(text) => set("cash_balance", text)} placeholder="0.00" />
        </Field>
        <Field label={labels.cash_interest} hint="Percent a year" problem={problem("cash_interest")}>
          <AmountInput value={draft.cash_interest} onValue={(text) => set("cash_interest", text)} placeholder="0" />
        </Field>
      </div>
    </>
  );
}
