import type { Review } from "../api/facts";
import { JudgedJob, refusals, verdictKind, verdictMeaning, verdictWords, wasRepaired } from "./verdict";

const signs = { good: "✓", agent: "✓", warning: "?" } as const;

/** Whether the numbers were checked, and on request what that means and what was refused. */
export function VerdictNote({ job }: { job: JudgedJob }) {
  const { verdict } = job;
  const kind = verdictKind(verdict);
  const refused = verdict ? refusals(verdict) : [];
  return (
    <details className="verdict">
      <summary>
        <span className={`badge badge-${kind}`}><span aria-hidden="true">{signs[kind]}</span>{verdictWords(job)}</span>
        <span className="verdict-more">What this means</span>
      </summary>
      <div className="panel">
        {verdictMeaning(verdict).map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
        {verdict && wasRepaired(verdict) && <p>A model was told what was wrong with its words, and wrote again.</p>}
        {refused.length > 0 && (
          <>
            <h2 className="verdict-title">What was refused</h2>
            <ul>
              {refused.map(({ where, text, reason }, index) => (
                <li key={index}>{where}: the model's words “{text}” were refused because {because(reason)}</li>
              ))}
            </ul>
          </>
        )}
        <ReviewLine review={job.report_payload?.review} />
      </div>
    </details>
  );
}

/** In the middle of a sentence, with one full stop at its end. */
function because(reason: string): string {
  return `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`.replace(/[.!?]*$/, ".");
}

function ReviewLine({ review }: { review: Review | null | undefined }) {
  if (!review) return null;
  const words = "error" in review
    ? `The report's style could not be judged: ${because(review.error)}`
    : `A second model on the report's style: tone ${review.tone} of 5, clarity ${review.clarity} of 5. ${review.comment}`;
  return <p className="quiet small">{words} Nothing depends on this opinion.</p>;
}
