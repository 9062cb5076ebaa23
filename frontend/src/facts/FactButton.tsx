import { KeyboardEvent, ReactNode, useContext } from "react";
import { FactsContext } from "./FactsProvider";

interface FactButtonProps {
  /** A fact's id, or a derivation; undefined for a number without one. */
  reference: string | undefined;
  children: ReactNode;
}

/**
 * A number that can be asked where it comes from; it looks like the text around it. No `button` element: a browser
 * breaks the line between one of those and the comma after it, and its text could not be marked and copied.
 */
export function FactButton({ reference, children }: FactButtonProps) {
  const facts = useContext(FactsContext);
  if (facts === null || reference === undefined) return <>{children}</>;
  const open = (element: HTMLElement): void => facts.open(reference, element.textContent ?? "");
  function press(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (!event.repeat) open(event.currentTarget);
  }
  return (
    <span
      role="button" tabIndex={0} className="fact" aria-haspopup="dialog" onPointerEnter={facts.prepare} onFocus={facts.prepare}
      onClick={({ currentTarget }) => open(currentTarget)} onKeyDown={press}
    >
      {children}
    </span>
  );
}
