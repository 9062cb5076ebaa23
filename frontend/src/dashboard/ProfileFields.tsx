import type { User } from "../api/types";
import { AmountInput } from "../components/AmountInput";
import { Field } from "../components/Field";
import { count } from "../format/numbers";
import { Draft, mostYears, ProfileField } from "./profile";

interface ProfileFieldsProps {
  user: User;
  draft: Draft;
  labels: Record<ProfileField, string>;
  set: <Name extends ProfileField>(field: Name, value: Draft[Name]) => void;
  problem: (field: ProfileField) => string | undefined;
}

export function ProfileFields({ user, draft, labels, set, problem }: ProfileFieldsProps) {
  const years = draft.years_until_retirement;
  return (
    <div className="profile-fields">
      <Field label={labels.display_name} problem={problem("display_name")}>
        <input autoComplete="name" value={draft.display_name} onChange={(event) => set("display_name", event.target.value)} />
      </Field>
      <Field
        label={labels.years_until_retirement} problem={problem("years_until_retirement")}
        hint={<output className="slider-value">{years === 0 ? "Retired, or retiring now" : count(years, "year")}</output>}
      >
        <input
          type="range" min={0} max={mostYears(user)} step={1} value={years} aria-valuetext={count(years, "year")}
          onChange={(event) => set("years_until_retirement", Number(event.target.value))}
        />
      </Field>
      <Field
        label={labels.target_retirement_income} hint="US dollars a year, in today’s money"
        problem={problem("target_retirement_income")}
      >
        <AmountInput value={draft.target_retirement_income} onValue={(text) => set("target_retirement_income", text)} />
      </Field>
      <Field label={labels.yearly_contribution} hint="Optional, US dollars a year" problem={problem("yearly_contribution")}>
        <AmountInput value={draft.yearly_contribution} onValue={(text) => set("yearly_contribution", text)} />
      </Field>
      <Field label={labels.retirement_years} hint="Optional; otherwise until you are 95" problem={problem("retirement_years")}>
        <input
          inputMode="numeric" maxLength={2} value={draft.retirement_years}
          onChange={(event) => set("retirement_years", event.target.value)}
        />
      </Field>
      <Field label={labels.birth_year} hint="Optional, such as 1980" problem={problem("birth_year")}>
        <input
          inputMode="numeric" autoComplete="bday-year" maxLength={4} value={draft.birth_year}
          onChange={(event) => set("birth_year", event.target.value)}
        />
      </Field>
    </div>
  );
}
