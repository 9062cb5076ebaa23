/** What is said about an analysis, wherever it is listed. */
import type { Job, JobHead, Section } from "../api/types";
import { seconds } from "../format/times";
import { unknown } from "../format/numbers";

export const sectionTitles: Record<Section, string> = {
  report: "the report", charts: "the charts", retirement: "the retirement projection",
};

export function isUnderWay({ status }: Pick<JobHead, "status">): boolean {
  return status === "pending" || status === "running";
}

export interface StateWords {
  text: string;
  kind: "good" | "bad" | "warning" | "agent";
}

export function stateWords(job: Pick<JobHead, "status" | "missing_sections">): StateWords {
  switch (job.status) {
    case "pending": return { text: "Waiting", kind: "agent" };
    case "running": return { text: "At work", kind: "agent" };
    case "failed": return { text: "Did not succeed", kind: "bad" };
    case "completed":
      return job.missing_sections.length > 0 ? { text: "Partly complete", kind: "warning" } : { text: "Complete", kind: "good" };
  }
}

/** `the charts and the report`; empty when nothing is. */
export function listed(sections: readonly Section[]): string {
  const names = sections.map((section) => sectionTitles[section]);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1] as string}`;
}

/** From its start, or from the click when it never started, to its end. */
export function durationText({ created_at, started_at, completed_at }: JobHead): string {
  if (!completed_at) return unknown;
  return seconds(Math.max(0, Date.parse(completed_at) - Date.parse(started_at ?? created_at)) / 1000);
}

export function savedSections(job: Pick<Job, "sections">): Section[] {
  return (Object.keys(sectionTitles) as Section[]).filter((section) => job.sections[section]?.status === "saved");
}
