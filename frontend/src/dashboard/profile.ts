/** The profile while it is edited: what the inputs show, what has changed, and what is wrong with it. */
import type { Targets, User } from "../api/types";
import { amountProblem, dollars, groupedAmount, isSameAmount, plainAmount } from "../format/amounts";
import { categories } from "./categories";
import { isSameTargets, targetsOf, targetSum, TargetTexts, textsOf } from "./targets";

/** Named as the API names them. */
export interface Draft {
  display_name: string;
  years_until_retirement: number;
  target_retirement_income: string;
  birth_year: string;
  retirement_years: string;
  yearly_contribution: string;
  asset_class_targets: TargetTexts;
  region_targets: TargetTexts;
}

export type ProfileField = keyof Draft;

export interface ProfileChange {
  display_name?: string;
  years_until_retirement?: number;
  target_retirement_income?: string;
  birth_year?: number | null;
  retirement_years?: number | null;
  yearly_contribution?: string | null;
  asset_class_targets?: Targets;
  region_targets?: Targets;
}

const longestName = 255;
const earliestBirthYear = 1900;
/** In years; the API takes no more. */
const longestRetirement = 70;
/** Of the slider; the API takes more, and what is stored stays. */
const usualMostYears = 50;

export function draftOf(user: User): Draft {
  return {
    display_name: user.display_name,
    years_until_retirement: user.years_until_retirement,
    target_retirement_income: groupedAmount(user.target_retirement_income),
    birth_year: user.birth_year === null ? "" : String(user.birth_year),
    retirement_years: user.retirement_years === null ? "" : String(user.retirement_years),
    yearly_contribution: user.yearly_contribution === null ? "" : groupedAmount(user.yearly_contribution),
    asset_class_targets: textsOf(user.asset_class_targets, categories.asset_class),
    region_targets: textsOf(user.region_targets, categories.region),
  };
}

/** Where the slider ends: a stored value beyond the usual range can still be shown and kept. */
export function mostYears(user: User): number {
  return Math.max(usualMostYears, user.years_until_retirement);
}

const isSame: { [Field in ProfileField]: (left: Draft[Field], right: Draft[Field]) => boolean } = {
  display_name: (left, right) => left.trim() === right.trim(),
  years_until_retirement: (left, right) => left === right,
  target_retirement_income: isSameAmount,
  birth_year: (left, right) => left.trim() === right.trim(),
  retirement_years: (left, right) => left.trim() === right.trim(),
  yearly_contribution: isSameAmount,
  asset_class_targets: isSameTargetTexts,
  region_targets: isSameTargetTexts,
};

function isSameTargetTexts(left: TargetTexts, right: TargetTexts): boolean {
  const [leftTargets, rightTargets] = [targetsOf(left), targetsOf(right)];
  return leftTargets !== undefined && rightTargets !== undefined && isSameTargets(leftTargets, rightTargets);
}

/** The fields that differ from what is stored; `1,000.00` does not differ from `1000`. */
export function changedFields(user: User, draft: Draft): ProfileField[] {
  const stored = draftOf(user);
  const isChanged = <Field extends ProfileField>(field: Field): boolean => !isSame[field](stored[field], draft[field]);
  return (Object.keys(stored) as ProfileField[]).filter(isChanged);
}

/** A sentence for every changed field that cannot be saved. What was not touched is not judged. */
export function profileProblems(user: User, draft: Draft, thisYear: number): Partial<Record<ProfileField, string>> {
  const found = changedFields(user, draft)
    .map((field) => [field, problemOf(field, draft, thisYear)] as const)
    .filter(([, problem]) => problem !== undefined);
  return Object.fromEntries(found) as Partial<Record<ProfileField, string>>;
}

function problemOf(field: ProfileField, draft: Draft, thisYear: number): string | undefined {
  switch (field) {
    case "display_name": return nameProblem(draft.display_name.trim());
    case "years_until_retirement": return undefined;
    case "target_retirement_income": return amountProblem(draft.target_retirement_income, dollars);
    case "birth_year": return birthYearProblem(draft.birth_year.trim(), thisYear);
    case "retirement_years": return retirementYearsProblem(draft.retirement_years.trim());
    case "yearly_contribution":
      return draft.yearly_contribution.trim() === "" ? undefined : amountProblem(draft.yearly_contribution, dollars);
    case "asset_class_targets":
    case "region_targets": {
      const { isWhole, sentence } = targetSum(draft[field]);
      return isWhole ? undefined : `${sentence} The shares must sum to 100%.`;
    }
  }
}

function nameProblem(name: string): string | undefined {
  if (name === "") return "Write a name.";
  return [...name].length > longestName ? `A name has at most ${longestName} characters.` : undefined;
}

function birthYearProblem(text: string, thisYear: number): string | undefined {
  if (text === "") return undefined;
  const year = /^\d{4}$/.test(text) ? Number(text) : Number.NaN;
  const isPossible = year >= earliestBirthYear && year <= thisYear;
  return isPossible ? undefined : `Write a year from ${earliestBirthYear} to ${thisYear}, or nothing.`;
}

function retirementYearsProblem(text: string): string | undefined {
  const years = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  const isPossible = years >= 1 && years <= longestRetirement;
  return text === "" || isPossible ? undefined : `Write 1 to ${longestRetirement} years, or nothing.`;
}

/**
 * What is sent: the changed fields only, so that nothing somebody else changed meanwhile is overwritten.
 *
 * To be asked only when there is no problem.
 */
export function profileChange(user: User, draft: Draft): ProfileChange {
  const all: Required<ProfileChange> = {
    display_name: draft.display_name.trim(),
    years_until_retirement: draft.years_until_retirement,
    target_retirement_income: plainAmount(draft.target_retirement_income) ?? "",
    birth_year: draft.birth_year.trim() === "" ? null : Number(draft.birth_year),
    retirement_years: draft.retirement_years.trim() === "" ? null : Number(draft.retirement_years),
    yearly_contribution: plainAmount(draft.yearly_contribution),
    asset_class_targets: targetsOf(draft.asset_class_targets) ?? {},
    region_targets: targetsOf(draft.region_targets) ?? {},
  };
  return Object.fromEntries(changedFields(user, draft).map((field) => [field, all[field]]));
}
