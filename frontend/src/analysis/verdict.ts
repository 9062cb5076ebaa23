/** What is said about the check of an analysis's numbers. */
import type { JobVerdict, Verdict, VerdictSection, Violation } from "../api/facts";
import type { Job } from "../api/types";
import { count } from "../format/numbers";

const titles: Record<VerdictSection, string> = {
  summary: "Summary", report: "Report", charts: "Charts", retirement: "Retirement",
};
const order = Object.keys(titles) as VerdictSection[];

/** Each section that has been judged, in the order of the page. */
function judged({ sections }: JobVerdict): [VerdictSection, Verdict][] {
  return order.flatMap((section): [VerdictSection, Verdict][] => {
    const verdict = sections[section];
    return verdict ? [[section, verdict]] : [];
  });
}

/** `risk` in the report is `Risk`, `headline` in the summary `Summary (headline)`. */
function partTitle(section: VerdictSection, part: string): string {
  const words = part.split("_").join(" ").trim();
  if (words === "" || words === section) return titles[section];
  return section === "report" ? words.charAt(0).toUpperCase() + words.slice(1) : `${titles[section]} (${words})`;
}

/** What code wrote, because a model's words were refused: `Risk`, `Conclusion`. */
export function plainPartTitles(verdict: JobVerdict): string[] {
  const parts = judged(verdict).flatMap(([section, { status, plain_parts: plain = [] }]) => {
    if (plain.length > 0) return plain.map((part) => partTitle(section, part));
    return status === "plain" ? [titles[section]] : [];
  });
  return [...new Set(parts)];
}

/** What was published without a check, as when an analysis was half done when checks came. */
function uncheckedTitles(job: JudgedJob): string[] {
  return order.filter((section) => job[`${section}_payload`] !== null && !job.verdict?.sections[section])
    .map((section) => titles[section]);
}

export type JudgedJob = Pick<Job, "verdict" | `${VerdictSection}_payload`>;

/** `All 47 numbers verified` */
export function verdictWords(job: JudgedJob): string {
  const { verdict } = job;
  if (!verdict) return "Not checked (made before numbers were checked)";
  const numbers = count(verdict.numbers, "number");
  switch (verdict.status) {
    case "verified":
      if (verdict.numbers === 0) return "Verified: it states no numbers";
      return verdict.numbers === 1 ? "1 number verified" : `All ${numbers} verified`;
    case "mixed": {
      const [plain, unchecked] = [plainPartTitles(verdict), uncheckedTitles(job)];
      return [
        `${numbers} verified`, ...(plain.length > 0 ? [`plain version of: ${plain.join(", ")}`] : []),
        ...(unchecked.length > 0 ? [`not checked: ${unchecked.join(", ")}`] : []),
      ].join("; ");
    }
    case "plain": return `Plain version: ${numbers} verified, all words by rules`;
  }
}

export function verdictKind(verdict: Job["verdict"]): "good" | "warning" | "agent" {
  if (!verdict) return "warning";
  return verdict.status === "verified" ? "good" : "agent";
}

export interface Refusal extends Violation {
  /** `Risk` */
  where: string;
}

/** What of a model's words was refused, and why; none of it was published. */
export function refusals(verdict: JobVerdict): Refusal[] {
  return judged(verdict).flatMap(([section, { violations }]) =>
    (violations ?? []).map((violation) => ({ ...violation, where: partTitle(section, violation.part) })));
}

/** Whether a model had to write again somewhere. */
export function wasRepaired(verdict: JobVerdict): boolean {
  return judged(verdict).some(([, { repaired }]) => repaired);
}
