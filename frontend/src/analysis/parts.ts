/** What of an analysis is missing, and which parts code wrote because a model's text was refused. */
import { listed, sectionTitles } from "../advisors/jobs";
import type { Job, Section } from "../api/types";

/** One sentence for each section that is missing, with the reason where it is known. */
export function missingSentences(job: Job): string[] {
  return missingSections(job).map((section) => {
    const reason = job.sections[section]?.reason;
    const title = sectionTitles[section];
    return `${title.charAt(0).toUpperCase()}${title.slice(1)} could not be made${reason ? `: ${reason}` : ""}`
      .replace(/[.!?]?$/, ".");
  });
}

function missingSections(job: Job): Section[] {
  const isSaved = { report: job.report_payload, charts: job.charts_payload, retirement: job.retirement_payload };
  return (Object.keys(sectionTitles) as Section[]).filter((section) => isSaved[section] === null);
}

/** `Not in this analysis: the charts and the report`; null when all is there. */
export function missingTitle(job: Job): string | null {
  const missing = missingSections(job);
  return missing.length === 0 ? null : `Not in this analysis: ${listed(missing)}`;
}

/** `executive_summary` is `executive summary`. */
function partTitle(part: string): string {
  return part.split("_").join(" ");
}

/** The parts that are the plain version, where they are: `the report: executive summary, risk`. */
export function plainParts(job: Job): string[] {
  const places: [string, { part: string }[] | undefined][] = [
    ["the summary", job.summary_payload?.substitutions],
    ["the report", job.report_payload?.substitutions],
    ["the retirement projection", job.retirement_payload?.substitutions],
  ];
  return places.flatMap(([place, substitutions = []]) => {
    if (substitutions.length === 0) return [];
    const names = substitutions.map(({ part }) => partTitle(part)).filter((name) => !place.endsWith(name));
    return [names.length === 0 ? place : `${place}: ${names.join(", ")}`];
  });
}

export function hasAnything(job: Job): boolean {
  return [job.report_payload, job.charts_payload, job.retirement_payload, job.summary_payload].some((part) => part !== null);
}
