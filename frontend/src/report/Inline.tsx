import type { marked } from "marked";
import type { ReactNode } from "react";
import { folded, Place, References } from "./Cited";
import { partsAtMarks, withoutMarks } from "./citations";
import { decodeEntities, unescapeCode } from "./entities";
import { safeAddress } from "./links";

/** Deeper nesting is shown as it was written: no prose needs it, and none can exhaust the stack. */
export const mostDepth = 24;

const noReferences: readonly string[] = [];

/** Text with emphasis, code, links, and numbers that say where they come from. Markup is text like any other. */
export function Inline({ tokens, depth = 0 }: { tokens: readonly marked.Token[] | undefined; depth?: number }) {
  return <>{folded((tokens ?? []).flatMap((token) => places(token, depth)))}</>;
}

function places(token: marked.Token, depth: number): Place[] {
  if (depth > mostDepth) return placesOf(token.raw);
  switch (token.type) {
    // The escaped character; the lexer's `text` is made for HTML.
    case "escape": return placesOf(token.raw.slice(1));
    case "image": return placesOf(decodeEntities(token.text));
    case "text": if (!("tokens" in token && token.tokens)) return placesOf(decodeEntities(token.raw));
  }
  const shows = element(token, depth);
  return shows === null ? placesOf(token.raw) : [{ shows }];
}

/** @returns Null for what is shown as it was written. */
function element(token: marked.Token, depth: number): ReactNode {
  switch (token.type) {
    case "strong": return <strong><Inline tokens={token.tokens} depth={depth + 1} /></strong>;
    case "em": return <em><Inline tokens={token.tokens} depth={depth + 1} /></em>;
    case "del": return <del><Inline tokens={token.tokens} depth={depth + 1} /></del>;
    case "link": return link(token, depth);
    case "codespan": return <code>{folded(placesOf(unescapeCode(token.text)))}</code>;
    case "br": return <br />;
    case "text": return "tokens" in token ? <Inline tokens={token.tokens ?? []} depth={depth + 1} /> : null;
    default: return null;
  }
}

function placesOf(text: string): Place[] {
  return partsAtMarks(text).map((part) => (typeof part === "number" ? { mark: part } : { shows: part }));
}

function link({ href, tokens }: marked.Tokens.Link, depth: number): ReactNode {
  const words = <Inline tokens={tokens} depth={depth + 1} />;
  const address = safeAddress(withoutMarks(href));
  if (address === null) return words;
  // A link holds no buttons.
  const plain = <References.Provider value={noReferences}>{words}</References.Provider>;
  return <a href={address} rel="noopener noreferrer" target="_blank">{plain}</a>;
}
