import type { JobVerdict, Review } from "../api/facts";
import type { Refusal } from "./verdict";

export interface VerdictPanelProps {
  /** Undefined when nothing was checked. */
  status: JobVerdict["status"] | undefined;
  refused: readonly Refusal[];
  isRepaired: boolean;
  review: Review | null | undefined;
}

/** What a verdict means, what was refused, and what a second model thinks; loaded when somebody asks. */
export function VerdictPanel({ status, refused, isRepaired, review }: VerdictPanelProps) {
  return (
    <div className="panel">
      {meaning(status).map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      {isRepaired && <p>A model was told what was wrong with its words, and wrote again.</p>}
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
      <ReviewLine review={review} />
    </div>
  );
}

/** A paragraph each. */
function meaning(status: VerdictPanelProps["status"]): string[] {
  if (!status) {
    return [
      "This analysis was made before Alex checked every number against the facts it had computed. Its numbers cannot be "
      + "asked where they come from. A new analysis is checked.",
    ];
  }
  const checked = "Before any model writes, code computes the facts of an analysis. Every number in its words and charts "
    + "must be one of them, or follow from them; choose a number to see where it comes from.";
  const plain = "Where a model's words did not pass, they were refused, and code wrote the plain version from the same facts. "
    + "Plain words are not less true.";
  return status === "verified" ? [checked] : [checked, plain];
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
