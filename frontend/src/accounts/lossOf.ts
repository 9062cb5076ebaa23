/** What goes when accounts are deleted, in words. */
import type { AccountSummary } from "../api/types";
import { count, money } from "../format/numbers";

/** `5 positions worth $1,200.00 and $300.00 in cash`. */
export function lossOf(account: Pick<AccountSummary, "positions_count" | "positions_value" | "cash_balance">): string {
  const { positions_count, positions_value, cash_balance } = account;
  const positions = positions_count > 0 ? `${count(positions_count, "position")} worth ${money(positions_value)}` : "";
  const cash = Number(cash_balance) > 0 ? `${money(cash_balance)} in cash` : "";
  return [positions, cash].filter((part) => part !== "").join(" and ") || "nothing in it";
}
