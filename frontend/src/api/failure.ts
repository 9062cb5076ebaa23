/** Why a call of the web API did not succeed, in words for the user. */
export class ApiFailure extends Error {
  /**
   * @param status 0 when no answer came.
   * @param fields What is wrong with each field of a form.
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, string> = {},
    readonly requestID?: string,
  ) {
    super(message);
    this.name = "ApiFailure";
  }

  get isNotFound(): boolean {
    return this.status === 404 || this.status === 403;
  }
}

/** The visitor has to sign in; the page is about to change, and nobody needs to be told more. */
export class SignedOut extends Error {
  constructor() {
    super("sign in to go on");
    this.name = "SignedOut";
  }
}

/** A sentence for whatever was thrown. */
export function sentence(failure: unknown): string {
  const text = failure instanceof Error ? failure.message : String(failure);
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
}
