/** What is known of a symbol while it is typed. */
import { useEffect, useState } from "react";
import { read } from "../api/client";
import { SignedOut } from "../api/failure";
import type { Instrument } from "../api/types";

/** Long enough that a word being typed is one request. */
const pauseMilliseconds = 180;
const mostSuggestions = 6;

export interface Suggestions {
  /** For this text. */
  text: string;
  instruments: Instrument[];
  /** Why they could not be looked up; undefined when they could. */
  failure: unknown;
}

/**
 * Looks for instruments after a pause in typing; an answer that comes late, for an older text, is dropped.
 */
export function useSuggestions(text: string): Suggestions | null {
  const [found, setFound] = useState<Suggestions | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === "") return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ search: wanted, limit: String(mostSuggestions) });
      read<Instrument[]>(`/api/instruments?${query.toString()}`).then(
        (instruments) => {
          if (isCurrent) setFound({ text: wanted, instruments, failure: undefined });
        },
        (failure: unknown) => {
          if (isCurrent && !(failure instanceof SignedOut)) setFound({ text: wanted, instruments: [], failure });
        });
    }, pauseMilliseconds);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  return found?.text === wanted ? found : null;
}
