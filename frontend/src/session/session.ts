/** Who uses the app. Clerk where a key is configured, else the local cloud's own sign-in. */
import { ClerkSession } from "./clerkSession";
import { LocalSession } from "./localSession";

export interface Person {
  name: string;
  /** Tells households apart; never shown. */
  subject: string;
}

export interface Session {
  /** Null when nobody is signed in. */
  person(): Person | null;
  /** A token that is still valid, or null. */
  token(): Promise<string | null>;
  /** Leads to the sign-in page, and after it back to the page that is open now. */
  requireSignIn(): void;
  /** Leads to the landing page. */
  signOut(): Promise<void>;
}

let current: Session | undefined;

/** To be called once, before anything is rendered. */
export async function startSession(): Promise<void> {
  const key = document.querySelector<HTMLMetaElement>('meta[name="alex-clerk-key"]')?.content ?? "";
  current = key === "" ? new LocalSession() : await ClerkSession.start(key);
}

export function session(): Session {
  if (!current) throw new Error("the session has not been started");
  return current;
}
