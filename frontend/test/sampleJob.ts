/** A finished analysis as the API sends it, and variations of it, for tests. */
import type { Job, Projection, ProjectionYear } from "../src/api/types";

interface Course {
  retirementYear: number;
  lastYear: number;
  /** The first year in which the median is zero. */
  emptyFrom?: number;
}

/** Year n has a median of $100,000 + n * $10,000, with the percentiles around it. */
export function projection({ retirementYear, lastYear, emptyFrom = lastYear + 1 }: Course): Projection {
  const years: ProjectionYear[] = Array.from({ length: lastYear + 1 }, (_, offset) => {
    const p50 = offset >= emptyFrom ? 0 : 100_000 + offset * 10_000;
    return {
      year_offset: offset, is_retired: offset > retirementYear, expected: p50, funded_percent: 100,
      p10: p50 * 0.5, p25: p50 * 0.75, p50, p75: p50 * 1.5, p90: p50 * 2,
    };
  });
  return {
    success_percent: 82.5, sampling_error_percent: 0.7, average_years_lasted: 24, paths: 10_000, seed: "1",
    years_until_retirement: retirementYear, retirement_years: lastYear - retirementYear, target_income_usd: 60_000,
    yearly_contribution_usd: 0, starting_balance_usd: 100_000,
    balance_at_retirement: years[retirementYear] as ProjectionYear, years,
    assumptions: [{ asset_class: "fixed_income", weight_percent: 100, mean_percent: 4.58, volatility_percent: 6.2 }],
    assumptions_source: "a published outlook", assumptions_vintage: "2025-04-30", inflation_percent: 2,
    disclosed_defaults: [{ id: "yearly_contribution", sentence: "No yearly saving is known, so nothing is added." }],
  };
}

/** A complete analysis; `changes` takes the place of its members. */
export function job(changes: Partial<Job> = {}): Job {
  return {
    id: "ccd59c3f-b525-4339-bc34-7c0322411646", status: "completed", created_at: "2026-11-27T07:31:41.926Z",
    started_at: "2026-11-27T07:31:42.000Z", completed_at: "2026-11-27T07:31:50.000Z", error_message: null, missing_sections: [],
    report_payload: {
      content: "# Portfolio report\n\nA **good** one.\n", generated_at: "2026-11-27T07:31:45Z", substitutions: [],
    },
    charts_payload: {
      asset_classes: {
        title: "Asset classes", type: "pie", description: "How it divides.", position: 0,
        data: [{ name: "Equity", value: 800.5, color: "#209DD7" }, { name: "Cash", value: 200, color: "#753991" }],
      },
    },
    retirement_payload: {
      analysis: "# Retirement\n\nReady.\n", projection: projection({ retirementYear: 20, lastYear: 50 }), substitutions: [],
    },
    summary_payload: {
      headline: "The household is worth $1,000.", key_points: ["Equity is 80.1%."],
      recommendations: [{ recommendation: "Save more", reasoning: "It helps.", impact: "More.", priority: "High" }],
      data_gaps: ["The birth year is not known."], market_context: "", substitutions: [],
    },
    sections: { report: { status: "saved" }, charts: { status: "saved" }, retirement: { status: "saved" } },
    previous: null,
    ...changes,
  };
}
