import { ReactNode, useContext } from "react";
import { FactsContext } from "./FactsProvider";

interface FactButtonProps {
  /** A fact's id, or a derivation; undefined for a number without one. */
  reference: string | undefined;
  children: ReactNode;
  className?: string;
}

/** A number that can be asked where it comes from; it looks like the text around it. */
export function FactButton({ reference, children, className = "fact" }: FactButtonProps) {
  const facts = useContext(FactsContext);
  if (facts === null || reference === undefined) return <>{children}</>;
  return (
    <button
      type="button" className={className} aria-haspopup="dialog" onPointerEnter={facts.prepare} onFocus={facts.prepare}
      onClick={({ currentTarget }) => facts.open(reference, currentTarget.textContent ?? "")}
    >
      {children}
    </button>
  );
}
