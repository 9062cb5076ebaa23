/**
 * Citations stand beside a text, as offsets. Before the text is parsed each cited span is put between two characters of
 * private use, which mean nothing to Markdown and which the renderer finds again wherever the span has come to be.
 */
import type { Citation } from "../api/facts";

const endMark = "\uE000";
const firstStartMark = 0xe100;
const lastMark = 0xf8ff;
const anyMark = /[\uE000\uE100-\uF8FF]/g;

/** There are no more characters for it. */
export const mostCitations = lastMark - firstStartMark + 1;

export interface MarkedText {
  text: string;
  /** The citation of each start mark. */
  references: string[];
}

/** A text of its own, with no marks in it. */
export function withoutMarks(text: string): string {
  return text.replace(anyMark, "");
}

/**
 * Marks the cited spans.
 *
 * @param text Its own characters of this kind, which no font shows, become replacement characters.
 * @param citations Those that lie outside of the text or across each other are left out.
 */
export function withMarks(text: string, citations: readonly Citation[] = []): MarkedText {
  const plain = text.replace(anyMark, "\uFFFD");
  const pieces: string[] = [];
  const references: string[] = [];
  let done = 0;
  for (const [at, length, reference] of [...citations].sort(([one], [other]) => one - other)) {
    if (references.length >= mostCitations || !isSpan(plain, at, length)) continue;
    const [start, end] = fitted(plain, at, at + length);
    if (start < done) continue;
    pieces.push(plain.slice(done, start), String.fromCharCode(firstStartMark + references.length));
    pieces.push(plain.slice(start, end), endMark);
    references.push(reference);
    done = end;
  }
  return { text: pieces.join("") + plain.slice(done), references };
}

/** Within the text and one line of it, and through no character that takes two code units. */
function isSpan(text: string, at: number, length: number): boolean {
  if (!Number.isInteger(at) || !Number.isInteger(length) || at < 0 || length <= 0 || at + length > text.length) return false;
  return !text.slice(at, at + length).includes("\n") && !isWithinPair(text, at) && !isWithinPair(text, at + length);
}

function isWithinPair(text: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1)) && at > 0;
}

/** The span as a parser may see it: with the backslash of its first and last character, without emphasis around all of it. */
function fitted(text: string, start: number, end: number): [start: number, end: number] {
  const [, before = "", inner = "", after = ""] = /^([*_~`]*)(.*?)([*_~`]*)$/.exec(text.slice(start, end)) ?? [];
  if (before !== "" && before === after && inner !== "") return [start + before.length, end - after.length];
  return [isEscaped(text, start) ? start - 1 : start, isEscaped(text, end) ? end + 1 : end];
}

/** Whether a backslash before this place belongs to what stands at it; a mark must not come between them. */
function isEscaped(text: string, at: number): boolean {
  const before = /\\*$/.exec(text.slice(Math.max(0, at - 100), Math.max(0, at)))?.[0] ?? "";
  return before.length % 2 === 1 && /^[!-/:-@[-`{-~]/.test(text.slice(at, at + 1));
}

/** A string, or the number of the citation that begins, or -1 where one ends. */
export type TextPart = string | number;

/** Text taken apart at its marks. */
export function partsAtMarks(text: string): TextPart[] {
  return text.split(/([\uE000\uE100-\uF8FF])/).filter(Boolean).map((part) => {
    const code = part.length === 1 ? part.charCodeAt(0) : 0;
    if (part === endMark) return -1;
    return code >= firstStartMark && code <= lastMark ? code - firstStartMark : part;
  });
}
