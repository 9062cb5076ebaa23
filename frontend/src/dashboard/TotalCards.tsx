import { ReactNode } from "react";
import type { JobHead, Portfolio } from "../api/types";
import { count, money } from "../format/numbers";
import { age, moment } from "../format/times";
import { Link } from "../routing/router";

/** What there is, in three cards: the total, the accounts, the last analysis. */
export function TotalCard({ portfolio }: { portfolio: Portfolio }) {
  const { total, invested, cash, unpriced, oldest_price_as_of } = portfolio;
  return (
    <Card title="Total value" className="total-card">
      <p className="figure">{money(total)}</p>
      <p className="figure-note">{money(invested)} invested, {money(cash)} in cash</p>
      {oldest_price_as_of && <p className="figure-note">The oldest price is from {age(oldest_price_as_of)}.</p>}
      {unpriced.length > 0 && (
        <p className="figure-note warning">Not in the total, for no price is known: {unpriced.join(", ")}.</p>
      )}
    </Card>
  );
}

export function AccountsCard({ portfolio }: { portfolio: Portfolio }) {
  const { accounts, positions_count, holdings_count } = portfolio;
  return (
    <Card title="Accounts">
      <p className="figure">{accounts.length}</p>
      <p className="figure-note">
        {count(positions_count, "position")}, {count(holdings_count, "symbol")}
      </p>
      <p className="card-link"><Link to="/accounts">See the accounts</Link></p>
    </Card>
  );
}

/** @param job Undefined when nothing has ever been analysed. */
export function AnalysisCard({ job }: { job: JobHead | undefined }) {
  if (!job) {
    return (
      <Card title="Last analysis">
        <p className="figure">None yet</p>
        <p className="figure-note">Four agents look at all your accounts together.</p>
        <p className="card-link"><Link to="/advisor-team">Start an analysis</Link></p>
      </Card>
    );
  }
  switch (job.status) {
    case "completed": return <CompletedAnalysis job={job} />;
    case "failed":
      return (
        <Card title="Last analysis">
          <p className="figure">Failed</p>
          <p className="figure-note">
            {moment(job.completed_at ?? job.created_at)}{job.error_message && `: ${job.error_message}`}
          </p>
          <p className="card-link"><Link to="/advisor-team">Try again</Link></p>
        </Card>
      );
    default:
      return (
        <Card title="Last analysis">
          <p className="figure">{job.status === "running" ? "Running" : "Queued"}</p>
          <p className="figure-note">Since {moment(job.started_at ?? job.created_at)}</p>
          <p className="card-link"><Link to="/advisor-team">See its progress</Link></p>
        </Card>
      );
  }
}

function CompletedAnalysis({ job }: { job: JobHead }) {
  return (
    <Card title="Last analysis">
      <p className="figure">{job.missing_sections.length === 0 ? "Complete" : "In part"}</p>
      <p className="figure-note">
        {moment(job.completed_at)}
        {job.missing_sections.length > 0 && `, without: ${job.missing_sections.join(", ")}`}
      </p>
      <p className="card-link"><Link to={`/analysis?job=${encodeURIComponent(job.id)}`}>Read it</Link></p>
    </Card>
  );
}

function Card({ title, className = "", children }: { title: string; className?: string; children: ReactNode }) {
  return (
    <section className={`card ${className}`}>
      <h2 className="figure-title">{title}</h2>
      {children}
    </section>
  );
}
