import { flushSync } from "react-dom";

/** Closes a dialog whose opener is gone with what was deleted: the focus goes to the page instead of nowhere. */
export function closeOntoPage(close: () => void): void {
  flushSync(close);
  document.getElementById("main")?.focus();
}
