/** Signed in at the local cloud: its token lies in the browser until it expires. */
import { forgetEverything } from "../api/resource";
import { navigate } from "../routing/router";
import { signInAddress } from "./returning";
import type { Person, Session } from "./session";

const storageKey = "alex.session";
/** A token that expires on the way would be refused. */
const marginMilliseconds = 5_000;

export interface Household {
  alias: string;
  name: string;
  email: string;
}

interface Stored {
  token: string;
  expires_at: string;
  name: string;
  subject: string;
}

export class LocalSession implements Session {
  constructor() {
    // Another tab signed in or out: what this one shows may be somebody else's.
    window.addEventListener("storage", (event) => {
      if (event.key === storageKey) location.reload();
    });
  }

  person(): Person | null {
    const stored = this.stored();
    return stored && { name: stored.name, subject: stored.subject };
  }

  token(): Promise<string | null> {
    return Promise.resolve(this.stored()?.token ?? null);
  }

  requireSignIn(): void {
    localStorage.removeItem(storageKey);
    forgetEverything();
    navigate(signInAddress(), { replaces: true });
  }

  signOut(): Promise<void> {
    localStorage.removeItem(storageKey);
    forgetEverything();
    navigate("/");
    return Promise.resolve();
  }

  /** The households of the local cloud. Null where there is no local cloud. */
  static async households(): Promise<Household[] | null> {
    const response = await fetch("/identity/households");
    if (!response.ok) return null;
    return ((await response.json()) as { households: Household[] }).households;
  }

  /**
   * @param who A demo household, or the name of a new one.
   * @throws Error with the reason.
   */
  static async signIn(who: { household: string } | { name: string }): Promise<void> {
    const response = await fetch("/identity/sign-in", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(who),
    });
    const answer = (await response.json()) as Stored & { detail?: string };
    if (!response.ok) throw new Error(answer.detail ?? "signing in did not work");
    const { token, expires_at, name, subject } = answer;
    forgetEverything();
    localStorage.setItem(storageKey, JSON.stringify({ token, expires_at, name, subject }));
  }

  private stored(): Stored | null {
    const stored = readStored(localStorage.getItem(storageKey));
    return stored && Date.parse(stored.expires_at) - marginMilliseconds > Date.now() ? stored : null;
  }
}

/** What somebody else has put there, or an older version, is nobody's session. */
export function readStored(text: string | null): Stored | null {
  if (text === null) return null;
  try {
    const stored = JSON.parse(text) as Partial<Stored> | null;
    const isWhole = [stored?.token, stored?.expires_at, stored?.name, stored?.subject].every((each) => typeof each === "string");
    return isWhole ? (stored as Stored) : null;
  } catch {
    return null;
  }
}
