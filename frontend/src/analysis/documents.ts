/** An analysis as a file. */
import type { Job } from "../api/types";
import { moment } from "../format/times";
import { byPriority } from "./Recommendations";
import { missingSentences } from "./parts";

/** `alex-analysis-2026-11-27.md` */
export function fileName(job: Pick<Job, "completed_at" | "created_at">, ending: "md" | "json", what = "analysis"): string {
  return `alex-${what}-${(job.completed_at ?? job.created_at).slice(0, 10)}.${ending}`;
}

/** All that was written, as one document. */
export function markdownOf(job: Job): string {
  const { summary_payload: summary, report_payload: report, retirement_payload: retirement } = job;
  const parts = [
    `Analysis by Alex, ${job.completed_at ? `completed ${moment(job.completed_at)}` : "not completed"}.`,
    missingSentences(job).join("\n"),
    summary ? [`**${summary.headline}**`, bullets(summary.key_points)].filter(Boolean).join("\n\n") : "",
    report?.content.trim() ?? "",
    summary ? recommendations(summary) : "",
    retirement?.analysis.trim() ?? "",
  ];
  return `${parts.filter(Boolean).join("\n\n---\n\n")}\n`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function recommendations(summary: NonNullable<Job["summary_payload"]>): string {
  const entries = byPriority(summary.recommendations).map(({ priority, recommendation, reasoning, impact }) =>
    `## ${recommendation} (${priority} priority)\n\n${reasoning}\n\n${impact}`);
  const gaps = summary.data_gaps.length > 0 ? [`## What is not known\n\n${bullets(summary.data_gaps)}`] : [];
  return ["# Recommendations", ...entries, ...gaps].join("\n\n");
}

/** Everything the API knows of it. */
export function jsonOf(job: Job): string {
  return `${JSON.stringify(job, null, 2)}\n`;
}
