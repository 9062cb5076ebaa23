/** An account while it is edited. */
import type { Account } from "../api/types";
import { amountProblem, dollars, groupedAmount, isSameAmount, movePoint, percents, plainAmount } from "../format/amounts";

/** Named as the API names them; interest in percent, the API has a fraction. */
export interface AccountDraft {
  account_name: string;
  account_purpose: string;
  cash_balance: string;
  cash_interest: string;
}

export type AccountField = keyof AccountDraft;

const longestName = 255;
const longestPurpose = 1000;

export const emptyAccount: AccountDraft = { account_name: "", account_purpose: "", cash_balance: "", cash_interest: "" };

export function accountDraftOf(account: Account): AccountDraft {
  return {
    account_name: account.account_name,
    account_purpose: account.account_purpose ?? "",
    cash_balance: groupedAmount(account.cash_balance),
    cash_interest: movePoint(account.cash_interest, 2),
  };
}

/** A sentence for every field that cannot be saved. Amounts may be left out. */
export function accountProblems(draft: AccountDraft): Partial<Record<AccountField, string>> {
  const name = draft.account_name.trim();
  const isTooLong = [...draft.account_purpose.trim()].length > longestPurpose;
  const found: [AccountField, string | undefined][] = [
    ["account_name", name === "" ? "Write a name."
      : [...name].length > longestName ? `A name has at most ${longestName} characters.` : undefined],
    ["account_purpose", isTooLong ? `A purpose has at most ${longestPurpose} characters.` : undefined],
    ["cash_balance", draft.cash_balance.trim() === "" ? undefined : amountProblem(draft.cash_balance, dollars)],
    ["cash_interest", draft.cash_interest.trim() === "" ? undefined : amountProblem(draft.cash_interest, percents)],
  ];
  return Object.fromEntries(found.filter(([, problem]) => problem !== undefined));
}

/** What is sent: the fields that differ from before. To be asked only when there is no problem. */
export function accountChange(before: AccountDraft, draft: AccountDraft): Record<string, string | null> {
  const change: Record<string, string | null> = {};
  const name = draft.account_name.trim();
  const purpose = draft.account_purpose.trim();
  if (name !== before.account_name) change["account_name"] = name;
  if (purpose !== before.account_purpose) change["account_purpose"] = purpose === "" ? null : purpose;
  if (!isSameAmount(draft.cash_balance, before.cash_balance)) {
    change["cash_balance"] = plainAmount(draft.cash_balance) ?? "0";
  }
  if (!isSameAmount(draft.cash_interest, before.cash_interest)) {
    change["cash_interest"] = movePoint(plainAmount(draft.cash_interest) ?? "0", -2);
  }
  return change;
}
