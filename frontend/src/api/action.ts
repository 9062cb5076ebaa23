/** One change at a time: what a button does, whether it is at work, and what came of it. */
import { useRef, useState } from "react";
import { ApiFailure, sentence, SignedOut } from "./failure";

export interface Action {
  isBusy: boolean;
  /** Of the last run; undefined when that went well. */
  failure: unknown;
  /** Does nothing while an earlier run is still at work. */
  run: (work: () => Promise<void>) => Promise<void>;
  forgetFailure: () => void;
}

export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const isRunning = useRef(false);
  async function run(work: () => Promise<void>): Promise<void> {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (reason) {
      // Who has to sign in sees the sign-in page, not a message.
      if (!(reason instanceof SignedOut)) setFailure(reason);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  }
  return { isBusy, failure, run, forgetFailure: () => setFailure(undefined) };
}

/** What the API said about one field of a form, as a sentence that begins with the input's label. */
export function fieldProblem(failure: unknown, field: string, label: string): string | undefined {
  const message = failure instanceof ApiFailure ? failure.fields[field] : undefined;
  return message === undefined ? undefined : sentence(new Error(`${label} ${message}`));
}

/** What belongs to no field that the form shows. */
export function formProblem(failure: unknown, fields: readonly string[]): string | undefined {
  if (failure === undefined) return undefined;
  const isShown = failure instanceof ApiFailure && fields.some((field) => field in failure.fields);
  return isShown ? undefined : sentence(failure);
}
