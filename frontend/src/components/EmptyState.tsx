import { ReactNode } from "react";

/** Nothing is here yet, and this is what to do about it. */
export function EmptyState({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <section className="card empty">
      <h2>{title}</h2>
      <p>{children}</p>
      {actions && <div className="actions actions-center">{actions}</div>}
    </section>
  );
}
