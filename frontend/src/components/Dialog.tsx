import { ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./Button";

interface DialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
  isWide?: boolean;
}

/** What has the focus at first: the first input, or where there is none the first of the actions. */
const firstPlace = "[data-first-focus], input, select, textarea, .actions button";

/** The browser's own modal dialog: it keeps the focus, closes on Escape, and gives the focus back. */
export function Dialog({ title, children, onClose, isWide = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleID = useId();
  useEffect(() => {
    const opener = document.activeElement;
    element.current?.showModal();
    // The browser would take the button that closes. React's `autoFocus` comes too early, when nothing is shown yet.
    element.current?.querySelector<HTMLElement>(firstPlace)?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={element} className={isWide ? "dialog dialog-wide" : "dialog"} aria-labelledby={titleID}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div className="dialog-body">
        <header className="dialog-header">
          <h2 id={titleID}>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>×</button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  /** What happens, as a verb: `Delete the account`. */
  action: string;
  /** While it happens: `Deleting`. */
  busy: string | false;
  onConfirm: () => void;
  onClose: () => void;
}

/** Before something is lost. The safe answer has the focus. */
export function ConfirmDialog({ title, children, action, busy, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div>{children}</div>
      <div className="actions actions-end">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" busy={busy} onClick={onConfirm}>{action}</Button>
      </div>
    </Dialog>
  );
}
