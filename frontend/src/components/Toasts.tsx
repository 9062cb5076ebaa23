import { useSyncExternalStore } from "react";

interface Toast {
  id: number;
  kind: "success" | "error" | "information";
  text: string;
}

/** Errors stay until they are dismissed. */
const shownMilliseconds = 6_000;

let toasts: readonly Toast[] = [];
let lastID = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Says something in passing. */
export function toast(kind: Toast["kind"], text: string): void {
  lastID += 1;
  const id = lastID;
  set([...toasts, { id, kind, text }]);
  if (kind !== "error") setTimeout(() => dismiss(id), shownMilliseconds);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const titles = { success: "Done", error: "Error", information: "Note" };

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="region" aria-label="Messages">
      <div aria-live="polite">{shown.filter(({ kind }) => kind !== "error").map(row)}</div>
      <div aria-live="assertive">{shown.filter(({ kind }) => kind === "error").map(row)}</div>
    </div>
  );
}

function row({ id, kind, text }: Toast) {
  return (
    <div key={id} className={`toast toast-${kind}`} id={`toast-${id}`}>
      <p><strong>{titles[kind]}:</strong> {text}</p>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismiss(id)}>×</button>
    </div>
  );
}
