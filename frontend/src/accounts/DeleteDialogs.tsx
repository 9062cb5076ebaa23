import { useAction } from "../api/action";
import { sentence } from "../api/failure";
import type { AccountSummary, Portfolio } from "../api/types";
import { closeOntoPage } from "../components/closing";
import { ConfirmDialog } from "../components/Dialog";
import { toast } from "../components/Toasts";
import { count } from "../format/numbers";
import { lossOf } from "./lossOf";
import { remove } from "./remove";

/** Asks, and says what is lost. */
export function DeleteAccountDialog({ account, onClose }: { account: AccountSummary; onClose: () => void }) {
  const action = useAction();
  async function removeAccount(): Promise<void> {
    await remove(`/api/accounts/${account.id}`);
    closeOntoPage(onClose);
    toast("success", `The account ${account.account_name} is deleted.`);
  }
  return (
    <ConfirmDialog
      title={`Delete ${account.account_name}?`} action="Delete the account" busy={action.isBusy && "Deleting"}
      onConfirm={() => void action.run(removeAccount)} onClose={onClose}
    >
      <p>This account is deleted for good, with {lossOf(account)}. Analyses that are finished stay as they are.</p>
      <ActionProblem failure={action.failure} />
    </ConfirmDialog>
  );
}

/** Everything goes: each account is named. */
export function ResetDialog({ portfolio, onClose }: { portfolio: Portfolio; onClose: () => void }) {
  const action = useAction();
  const { accounts } = portfolio;
  async function reset(): Promise<void> {
    await remove("/api/reset-accounts");
    closeOntoPage(onClose);
    toast("success", "All accounts are deleted.");
  }
  return (
    <ConfirmDialog
      title="Delete all accounts?" action={`Delete ${count(accounts.length, "account")}`} busy={action.isBusy && "Deleting"}
      onConfirm={() => void action.run(reset)} onClose={onClose}
    >
      <p>These accounts are deleted for good. Your profile and finished analyses stay as they are.</p>
      <ul className="losses">
        {accounts.map((account) => (
          <li key={account.id}><strong>{account.account_name}</strong>, with {lossOf(account)}</li>
        ))}
      </ul>
      <ActionProblem failure={action.failure} />
    </ConfirmDialog>
  );
}

/** What the API said, in the dialog that asked. */
export function ActionProblem({ failure }: { failure: unknown }) {
  return failure === undefined ? null : <p className="problem" role="alert">{sentence(failure)}</p>;
}
