import type { Portfolio } from "../api/types";
import { count, money } from "../format/numbers";
import { age } from "../format/times";

export function AccountsSummary({ portfolio }: { portfolio: Portfolio }) {
  const { total, invested, cash, accounts, positions_count, holdings_count, unpriced, oldest_price_as_of } = portfolio;
  return (
    <div className="cards figures">
      <Figure title="Total value" figure={money(total)}>
        {unpriced.length > 0 ? `Without ${unpriced.join(", ")}: no price is known.` : "Positions and cash"}
      </Figure>
      <Figure title="Invested" figure={money(invested)}>
        {oldest_price_as_of ? `The oldest price is from ${age(oldest_price_as_of)}.` : "No position with a price yet"}
      </Figure>
      <Figure title="Cash" figure={money(cash)}>In {count(accounts.length, "account")}</Figure>
      <Figure title="Positions" figure={String(positions_count)}>{count(holdings_count, "different symbol")}</Figure>
    </div>
  );
}

export function Figure({ title, figure, children }: { title: string; figure: string; children?: React.ReactNode }) {
  return (
    <section className="card">
      <h2 className="figure-title">{title}</h2>
      <p className="figure">{figure}</p>
      {children && <p className="figure-note">{children}</p>}
    </section>
  );
}
