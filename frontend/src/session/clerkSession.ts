/**
 * Signed in at Clerk, on its hosted pages: so this site needs no foreign styles, and its policy stays strict.
 *
 * ClerkJS comes by its documented script tag from the host that the publishable key names.
 */
import { forgetEverything } from "../api/resource";
import { signInAddress } from "./returning";
import type { Person, Session } from "./session";

interface Clerk {
  load(): Promise<void>;
  user?: { id: string; fullName: string | null; primaryEmailAddress?: { emailAddress: string } | null } | null;
  session?: { getToken(): Promise<string | null> } | null;
  addListener(listener: () => void): void;
  redirectToSignIn(options: { signInForceRedirectUrl: string; signUpForceRedirectUrl: string }): Promise<unknown>;
  redirectToSignUp(options: { signInForceRedirectUrl: string; signUpForceRedirectUrl: string }): Promise<unknown>;
  signOut(options: { redirectUrl: string }): Promise<void>;
}

declare global {
  interface Window {
    Clerk?: Clerk;
  }
}

const majorVersion = 5;

export class ClerkSession implements Session {
  private subject: string | undefined;
  /** The page is about to change: what Clerk says of it meanwhile does not matter. */
  private isLeaving = false;

  private constructor(private readonly clerk: Clerk) {
    this.subject = clerk.user?.id;
    clerk.addListener(() => this.notice());
  }

  /** @throws Error when Clerk cannot be reached. */
  static async start(publishableKey: string): Promise<ClerkSession> {
    await loadScript(publishableKey);
    if (!window.Clerk) throw new Error("the sign-in service did not start; reload the page");
    await window.Clerk.load();
    return new ClerkSession(window.Clerk);
  }

  person(): Person | null {
    const user = this.clerk.user;
    if (!user) return null;
    return { name: user.fullName || user.primaryEmailAddress?.emailAddress || "You", subject: user.id };
  }

  /** Clerk renews its tokens by itself, once a minute. */
  async token(): Promise<string | null> {
    return (await this.clerk.session?.getToken()) ?? null;
  }

  /** Ends the session at Clerk too: the sign-in page would send somebody who is signed in straight back. */
  requireSignIn(): void {
    if (this.isLeaving) return;
    const address = signInAddress();
    this.leave(address).catch(() => location.assign(address));
  }

  /** @param returnTo A page of this site. */
  async goToSignIn(returnTo: string): Promise<void> {
    await this.clerk.redirectToSignIn(destination(returnTo));
  }

  async goToSignUp(returnTo: string): Promise<void> {
    await this.clerk.redirectToSignUp(destination(returnTo));
  }

  async signOut(): Promise<void> {
    try {
      await this.leave("/");
    } finally {
      this.isLeaving = false;
    }
  }

  private async leave(address: string): Promise<void> {
    this.isLeaving = true;
    forgetEverything();
    if (this.clerk.user) await this.clerk.signOut({ redirectUrl: address });
    else location.assign(address);
  }

  /** Somebody else signed in, in another tab perhaps: nothing of the one before may stay. */
  private notice(): void {
    const subject = this.clerk.user?.id;
    if (subject === this.subject || this.isLeaving) return;
    const wasSomebody = this.subject !== undefined;
    this.subject = subject;
    forgetEverything();
    if (wasSomebody) location.reload();
  }
}

function destination(returnTo: string): { signInForceRedirectUrl: string; signUpForceRedirectUrl: string } {
  const address = new URL(returnTo, location.origin).href;
  return { signInForceRedirectUrl: address, signUpForceRedirectUrl: address };
}

/** The host in a publishable key: Base64 of the host and a dollar sign. */
export function hostOf(publishableKey: string): string {
  return atob(publishableKey.replace(/^pk_(test|live)_/, "")).replace(/\$$/, "");
}

function loadScript(publishableKey: string): Promise<void> {
  const script = document.createElement("script");
  script.async = true;
  script.crossOrigin = "anonymous";
  script.dataset["clerkPublishableKey"] = publishableKey;
  script.src = `https://${hostOf(publishableKey)}/npm/@clerk/clerk-js@${majorVersion}/dist/clerk.browser.js`;
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () =>
      reject(new Error("the sign-in service cannot be reached; check your connection and reload the page")));
    document.head.append(script);
  });
}
