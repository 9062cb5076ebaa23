import { FormEvent, useState } from "react";
import { fieldProblem, formProblem, useAction } from "../api/action";
import { write } from "../api/client";
import { keep, refresh } from "../api/resource";
import type { User, UserAnswer } from "../api/types";
import { Button } from "../components/Button";
import { toast } from "../components/Toasts";
import { changedFields, Draft, draftOf, profileChange, ProfileField, profileProblems } from "./profile";
import { ProfileFields } from "./ProfileFields";
import { TargetsEditor } from "./TargetsEditor";

const labels: Record<ProfileField, string> = {
  display_name: "Name", years_until_retirement: "Years until retirement", target_retirement_income: "Target income",
  birth_year: "Birth year", retirement_years: "Years in retirement",
  yearly_contribution: "Yearly contribution", asset_class_targets: "The asset class targets",
  region_targets: "The region targets",
};

/**
 * Who the household is and what it wants.
 *
 * Only edits are kept here, over what is stored: what comes anew from the API shows through, and what was typed stays.
 */
export function ProfileForm({ user }: { user: User }) {
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const [isJudged, setJudged] = useState(false);
  const action = useAction();
  const draft: Draft = { ...draftOf(user), ...edits };
  const changed = changedFields(user, draft);
  const problems = profileProblems(user, draft, new Date().getFullYear());
  const refusals = Object.values(problems);

  function set<Field extends ProfileField>(field: Field, value: Draft[Field]): void {
    setEdits((before) => ({ ...before, [field]: value }));
  }
  function problem(field: ProfileField): string | undefined {
    return (isJudged ? problems[field] : undefined) ?? fieldProblem(action.failure, field, labels[field]);
  }
  async function save(): Promise<void> {
    const saved = edits;
    const answer = await write<User>("PUT", "/api/user", profileChange(user, draft));
    const stored: UserAnswer = { user: answer, created: false };
    keep("/api/user", stored);
    // What was typed while it was saved is still to be saved.
    setEdits((now) => withoutSaved(now, saved));
    setJudged(false);
    toast("success", "Your profile is saved.");
    // What stands beside the targets follows; it is shown elsewhere, and nobody waits for it here.
    void refresh("/api/portfolio");
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setJudged(true);
    if (refusals.length === 0 && changed.length > 0) void action.run(save);
  }
  function reset(): void {
    setEdits({});
    setJudged(false);
    action.forgetFailure();
  }

  const general = formProblem(action.failure, Object.keys(labels));
  const refused = isJudged && refusals.length > 0;
  return (
    <form className="card profile" onSubmit={submit} noValidate aria-labelledby="profile-title">
      <div className="card-header"><h2 id="profile-title">Your profile</h2></div>
      <div className="stack">
        <ProfileFields user={user} draft={draft} set={set} problem={problem} labels={labels} />
        <div className="columns">
          <TargetsEditor
            title="Asset class targets" kind="asset_class" texts={draft.asset_class_targets}
            onTexts={(texts) => set("asset_class_targets", texts)} problem={problem("asset_class_targets")}
          />
          <TargetsEditor
            title="Region targets" kind="region" texts={draft.region_targets}
            onTexts={(texts) => set("region_targets", texts)} problem={problem("region_targets")}
          />
        </div>
      </div>
      <div className="profile-actions">
        <div role="alert">
          {refused && <p className="problem">This is not saved yet: {refusals.join(" ")}</p>}
          {general && <p className="problem">{general}</p>}
        </div>
        <p className="small quiet" role="status">
          {changed.length === 0 ? "Everything is saved." : "There are unsaved changes."}
        </p>
        <Button onClick={reset} disabled={Object.keys(edits).length === 0 || action.isBusy}>Reset</Button>
        <Button kind="primary" type="submit" busy={action.isBusy && "Saving"} disabled={changed.length === 0}>Save</Button>
      </div>
    </form>
  );
}

function withoutSaved(edits: Partial<Draft>, saved: Partial<Draft>): Partial<Draft> {
  return Object.fromEntries(Object.entries(edits).filter(([field, value]) => saved[field as ProfileField] !== value));
}
