import { FormEvent, useEffect, useState } from "react";
import { sentence } from "../api/failure";
import { Button } from "../components/Button";
import { Field } from "../components/Field";
import { Page } from "../components/Page";
import { SkeletonLines } from "../components/Skeleton";
import { navigate } from "../routing/router";
import { ClerkSession } from "../session/clerkSession";
import { Household, LocalSession } from "../session/localSession";
import { returnAddress } from "../session/returning";
import { session } from "../session/session";

export default function SignInPage() {
  const current = session();
  const isSignedIn = current.person() !== null;
  useEffect(() => {
    if (isSignedIn) navigate(returnAddress(), { replaces: true });
  }, [isSignedIn]);
  return current instanceof ClerkSession ? <ClerkSignIn clerk={current} /> : <LocalSignIn />;
}

function ClerkSignIn({ clerk }: { clerk: ClerkSession }) {
  const [failure, setFailure] = useState<string>();
  function go(there: Promise<void>): void {
    there.catch((reason: unknown) => setFailure(sentence(reason)));
  }
  return (
    <Page title="Sign in" className="page-narrow" lead="You sign in at Clerk, and come back here.">
      {failure && <p className="problem" role="alert">{failure}</p>}
      <div className="actions">
        <Button kind="primary" onClick={() => go(clerk.goToSignIn(returnAddress()))}>Sign in</Button>
        <Button onClick={() => go(clerk.goToSignUp(returnAddress()))}>Create an account</Button>
      </div>
    </Page>
  );
}

type Households = { kind: "loading" } | { kind: "none" } | { kind: "some"; households: Household[] };

/** The local cloud's demo households: no password, for nothing here is real. */
function LocalSignIn() {
  const [households, setHouseholds] = useState<Households>({ kind: "loading" });
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    LocalSession.households().then(
      (found) => setHouseholds(found ? { kind: "some", households: found } : { kind: "none" }),
      (reason: unknown) => setFailure(sentence(reason)));
  }, []);

  async function signIn(who: { household: string } | { name: string }): Promise<void> {
    setFailure(undefined);
    try {
      await LocalSession.signIn(who);
      navigate(returnAddress(), { replaces: true });
    } catch (reason) {
      setFailure(sentence(reason));
    }
  }

  if (households.kind === "none") {
    return (
      <Page title="Sign in" className="page-narrow">
        <p>Nobody can sign in here: this site was built without a <code>CLERK_PUBLISHABLE_KEY</code>, and it is not
          served by a local cloud.</p>
      </Page>
    );
  }
  return (
    <Page title="Sign in" className="page-narrow" isReady={households.kind === "some"}
      lead="This is your own machine: choose a demo household, or make one. There are no passwords.">
      {failure && <p className="problem" role="alert">{failure}</p>}
      {households.kind === "loading" ? <SkeletonLines count={5} /> : (
        <ul className="sign-in-list">
          {households.households.map(({ alias, name, email }) => (
            <li key={alias}>
              <Button onClick={() => void signIn({ household: alias })}>{name} <span className="small">{email}</span></Button>
            </li>
          ))}
        </ul>
      )}
      <NewHousehold onName={(name) => void signIn({ name })} />
    </Page>
  );
}

function NewHousehold({ onName }: { onName: (name: string) => void }) {
  const [name, setName] = useState("");
  function submit(event: FormEvent): void {
    event.preventDefault();
    onName(name.trim());
  }
  return (
    <form className="card" onSubmit={submit}>
      <Field label="Your name" hint="A household of your own; the same name finds it again.">
        <input value={name} onChange={(event) => setName(event.target.value)} required maxLength={100} autoComplete="name" />
      </Field>
      <div className="actions"><Button kind="primary" type="submit">Sign in as a new household</Button></div>
    </form>
  );
}
