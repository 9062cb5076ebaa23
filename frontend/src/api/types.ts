/** What the web API sends. Exact decimals are text, percentages are numbers from 0 to 100, times ISO 8601. */
import type { Citation, JobVerdict, Review, Verdict } from "./facts";
import type { Study } from "./study";

export interface Targets {
  [category: string]: number;
}

export interface User {
  clerk_user_id: string;
  display_name: string;
  years_until_retirement: number;
  target_retirement_income: string;
  asset_class_targets: Targets;
  region_targets: Targets;
  birth_year: number | null;
  yearly_contribution: string | null;
  /** `null` when the investor has not said. */
  retirement_years: number | null;
}

export interface UserAnswer {
  user: User;
  created: boolean;
}

export interface Account {
  id: string;
  account_name: string;
  account_purpose: string | null;
  cash_balance: string;
  /** Yearly, 0...1. */
  cash_interest: string;
  created_at: string;
  updated_at: string;
}

export interface AccountSummary extends Account {
  total: string;
  positions_value: string;
  positions_count: number;
  /** Of the household's total; null when that is zero. */
  percent: number | null;
  unpriced: string[];
}

export interface Part {
  category: string;
  title: string;
  value: string;
  percent: number;
}

export interface Breakdown {
  parts: Part[];
  unclassified: string;
}

export interface Comparison {
  category: string;
  title: string;
  now_percent: number;
  target_percent: number;
  difference_points: number;
}

export interface Portfolio {
  as_of: string;
  total: string;
  cash: string;
  invested: string;
  accounts: AccountSummary[];
  allocations: { asset_class: Breakdown; region: Breakdown; sector: Breakdown };
  targets: { asset_class: Comparison[]; region: Comparison[] };
  holdings_count: number;
  positions_count: number;
  unpriced: string[];
  unclassified: string[];
  oldest_price_as_of: string | null;
}

export type PriceSource = "seed" | "polygon" | "household";

export interface Position {
  id: string;
  symbol: string;
  quantity: string;
  as_of_date: string;
  name: string;
  instrument_type: string | null;
  price: string | null;
  price_as_of: string | null;
  price_source: PriceSource | null;
  value: string | null;
  /** Of the account's total. */
  percent: number | null;
  is_classified: boolean;
}

export interface AccountWithPositions extends Account {
  total: string;
  positions_value: string;
  unpriced: string[];
  positions: Position[];
}

export interface Instrument {
  symbol: string;
  name: string;
  instrument_type: string | null;
  current_price: number | null;
  /** Null until somebody has classified it. */
  allocation_asset_class: Targets | null;
}

export type Outcome = "added" | "updated" | "already_there" | "refused";

/** A line of an imported file, its cells as they were written. */
export interface ImportRow {
  account?: string;
  symbol?: string;
  quantity?: string;
  price?: string;
  cash?: string;
  purpose?: string;
}

export interface ImportAnswer {
  dry_run: boolean;
  rows: { row: number; outcome: Outcome; account: string | null; symbol: string | null; message: string | null }[];
  counts: Record<Outcome, number>;
  accounts_created: string[];
}

export type JobStatus = "pending" | "running" | "completed" | "failed";
export type Section = "report" | "charts" | "retirement";

export interface JobHead {
  id: string;
  status: JobStatus;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  error_message: string | null;
  missing_sections: Section[];
}

export interface JobEvent {
  sequence: number;
  at: string;
  kind:
    | "queued" | "started" | "tagging_started" | "tagging_finished" | "prices_updated" | "section_started"
    | "section_finished" | "section_failed" | "completed" | "failed";
  section: Section | null;
  message: string;
  seconds: number | null;
}

export type ChartKind = "pie" | "donut" | "bar" | "horizontalBar" | "line";

export interface Chart {
  title: string;
  type: ChartKind;
  description: string;
  position: number;
  data: { name: string; value: number; color: string; fact?: string }[];
  /** The fact that the points add up to. */
  total_fact?: string;
}

export interface ProjectionYear {
  year_offset: number;
  is_retired: boolean;
  expected: number;
  funded_percent: number;
  p10: number;
  p25: number;
  p50: number;
  p75: number;
  p90: number;
}

export interface Projection extends Study {
  success_percent: number;
  sampling_error_percent: number;
  average_years_lasted: number;
  paths: number;
  seed: string;
  years_until_retirement: number;
  retirement_years: number;
  target_income_usd: number;
  yearly_contribution_usd: number;
  starting_balance_usd: number;
  balance_at_retirement: ProjectionYear;
  years: ProjectionYear[];
  assumptions: {
    asset_class: string;
    weight_percent: number;
    mean_percent: number;
    volatility_percent: number;
  }[];
  assumptions_source: string;
  assumptions_vintage: string;
  inflation_percent: number;
  disclosed_defaults: { id: string; sentence: string }[];
}

export interface Substitution {
  part: string;
  reason: string;
}

export interface Recommendation {
  recommendation: string;
  reasoning: string;
  impact: string;
  priority: "High" | "Medium" | "Low";
  /** The facts it stands on. */
  facts?: string[];
}

/** A text that an agent or code wrote. What analyses of before the checks do not have may be absent. */
interface Written {
  substitutions?: Substitution[];
  verdict?: Verdict | null;
}

export interface Job extends JobHead {
  report_payload: Written & { content: string; generated_at: string; citations?: Citation[]; review?: Review | null } | null;
  charts_payload: Record<string, Chart> | null;
  retirement_payload: Written & { analysis: string; projection: Projection | null; citations?: Citation[] } | null;
  summary_payload: Written & {
    headline: string;
    key_points: string[];
    recommendations: Recommendation[];
    data_gaps: string[];
    market_context: string;
  } | null;
  sections: Record<Section, { status: "pending" | "running" | "saved" | "failed"; reason?: string }>;
  previous: { id: string; completed_at: string } | null;
  verdict?: JobVerdict | null;
}
