import { useAction } from "../api/action";
import type { AccountWithPositions, Position } from "../api/types";
import { closeOntoPage } from "../components/closing";
import { ConfirmDialog } from "../components/Dialog";
import { toast } from "../components/Toasts";
import { money, quantity } from "../format/numbers";
import { ActionProblem } from "./DeleteDialogs";
import { remove } from "./remove";

interface DeletePositionProps {
  position: Position;
  account: AccountWithPositions;
  onClose: () => void;
}

/** Asks, and says what is lost. */
export function DeletePositionDialog({ position, account, onClose }: DeletePositionProps) {
  const action = useAction();
  async function removePosition(): Promise<void> {
    await remove(`/api/positions/${position.id}`);
    closeOntoPage(onClose);
    toast("success", `${position.symbol} is deleted from ${account.account_name}.`);
  }
  return (
    <ConfirmDialog
      title={`Delete ${position.symbol}?`} action="Delete the position" busy={action.isBusy && "Deleting"}
      onConfirm={() => void action.run(removePosition)} onClose={onClose}
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
