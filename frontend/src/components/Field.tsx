import { cloneElement, ReactElement, ReactNode, useId } from "react";

interface FieldProps {
  label: string;
  /** Below the input. */
  hint?: ReactNode;
  /** What is wrong with the value. */
  problem?: string | undefined;
  children: ReactElement;
}

/** A labelled input: hint and problem are read out with it. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {cloneElement(children, {
        id, "aria-invalid": problem ? true : undefined, "aria-describedby": described || undefined,
      })}
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      {problem && <p className="problem" id={`${id}-problem`}>{problem}</p>}
    </div>
  );
}
