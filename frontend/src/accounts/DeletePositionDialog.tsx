import { useAction } from "../api/action";
import { write } from "../api/client";
import { ApiFailure } from "../api/failure";
import { refresh } from "../api/resource";
import type { AccountWithPositions, Position } from "../api/types";
import { closeOntoPage } from "../components/closing";
import { ConfirmDialog } from "../components/Dialog";
import { toast } from "../components/Toasts";
import { money, quantity } from "../format/numbers";
import { ActionProblem } from "./DeleteDialogs";

interface DeletePositionProps {
  position: Position;
  account: AccountWithPositions;
  onClose: () => void;
}

/** Asks, and says what is lost. */
export function DeletePositionDialog({ position, account, onClose }: DeletePositionProps) {
  const action = useAction();
  async function remove(): Promise<void> {
    await write("DELETE", `/api/positions/${position.id}`).catch((failure: unknown) => {
      if (!(failure instanceof ApiFailure && failure.status === 404)) throw failure;
    });
    await refresh("/api/accounts", "/api/portfolio");
    closeOntoPage(onClose);
    toast("success", `${position.symbol} is deleted from ${account.account_name}.`);
  }
  return (
    <ConfirmDialog
      title={`Delete ${position.symbol}?`} action="Delete the position" busy={action.isBusy && "Deleting"}
      onConfirm={() => void action.run(remove)} onClose={onClose}
    >
      <p>
        {quantity(position.quantity)} of {position.symbol}
        {position.value !== null && `, worth ${money(position.value)},`} are deleted from {account.account_name} for good. The
        cash of the account does not change.
      </p>
      <ActionProblem failure={action.failure} />
    </ConfirmDialog>
  );
}
