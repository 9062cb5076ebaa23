import { useId } from "react";
import { ChartFigure } from "../charts/ChartFigure";
import { Field } from "../components/Field";
import { categories, categoryTitle, TargetKind } from "./categories";
import { targetsOf, targetSum, TargetTexts } from "./targets";

interface TargetsEditorProps {
  title: string;
  kind: TargetKind;
  texts: TargetTexts;
  onTexts: (texts: TargetTexts) => void;
  /** Said when saving was refused. */
  problem: string | undefined;
}

/** Shares that must make a whole: the pie and the sum follow what is typed. */
export function TargetsEditor({ title, kind, texts, onTexts, problem }: TargetsEditorProps) {
  const id = useId();
  const sum = targetSum(texts);
  const targets = targetsOf(texts) ?? {};
  const points = categories[kind]
    .filter((category) => (targets[category] ?? 0) > 0)
    .map((category) => ({ name: categoryTitle(category), value: targets[category] ?? 0 }));
  return (
    <fieldset className="targets-editor" aria-describedby={`${id}-sum`}>
      <legend>{title}</legend>
      <div className="targets-inputs">
        {categories[kind].map((category) => (
          <Field key={category} label={categoryTitle(category)}>
            <input
              type="number" min={0} max={100} step="any" inputMode="decimal" value={texts[category] ?? ""}
              onChange={(event) => onTexts({ ...texts, [category]: event.target.value })}
            />
          </Field>
        ))}
      </div>
      <div className="targets-sum">
        <p id={`${id}-sum`} role="status" className={sum.isWhole ? "sum sum-whole" : "sum sum-open"}>
          {sum.isWhole ? "✓ " : ""}{sum.sentence}
        </p>
        {problem !== undefined && <p className="problem">{problem}</p>}
      </div>
      <ChartFigure
        title={`${title}, drawn`} kind="pie" unit="percent" height={170} points={points} description="What you aim at."
      />
    </fieldset>
  );
}
