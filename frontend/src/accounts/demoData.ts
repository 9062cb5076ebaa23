import { write } from "../api/client";
import { refresh } from "../api/resource";
import { toast } from "../components/Toasts";
import { count } from "../format/numbers";

/** Fills an empty household. */
export async function populateDemo(): Promise<void> {
  const { accounts_created } = await write<{ accounts_created: number }>("POST", "/api/populate-test-data");
  await refresh("/api/portfolio", "/api/accounts");
  toast("success", accounts_created > 0
    ? `${count(accounts_created, "demo account")} with positions ${accounts_created === 1 ? "is" : "are"} there.`
    : "The demo accounts were there already.");
}
