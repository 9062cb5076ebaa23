/** What is known of a symbol while it is typed. */
import { useEffect, useState } from "react";
import { read } from "../api/client";
import { SignedOut } from "../api/failure";
import type { Instrument } from "../api/types";

/** Long enough that a word being typed is one request. */
const pauseMilliseconds = 180;
const mostSuggestions = 6;

export interface Suggestions {
  /** What fits the text; of an older answer as long as there is no newer one. */
  instruments: Instrument[];
  /** Whether it is the answer for this text. */
  isCurrent: boolean;
  /** Why it could not be looked up; undefined when it could. */
  failure: unknown;
}

interface Found {
  text: string;
  instruments: Instrument[];
  failure: unknown;
}

/** Looks for instruments after a pause in typing; an answer that comes late, for an older text, is dropped. */
export function useSuggestions(text: string): Suggestions {
  const [found, setFound] = useState<Found>({ text: "", instruments: [], failure: undefined });
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
  if (found.text === wanted) return { instruments: found.instruments, isCurrent: true, failure: found.failure };
  return { instruments: found.instruments.filter((each) => fits(each, wanted)), isCurrent: false, failure: undefined };
}

/** The API's own rule: the symbol begins with it, or the name has it. */
export function fits({ symbol, name }: Instrument, text: string): boolean {
  const sought = text.toLowerCase();
  return sought !== "" && (symbol.toLowerCase().startsWith(sought) || name.toLowerCase().includes(sought));
}
