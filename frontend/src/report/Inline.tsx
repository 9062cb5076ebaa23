import type { marked } from "marked";
import { Fragment, ReactNode } from "react";
import { decodeEntities, unescapeCode } from "./entities";
import { safeAddress } from "./links";

/** Deeper nesting is shown as it was written: no prose needs it, and none can exhaust the stack. */
export const mostDepth = 24;

/** Text with emphasis, code and links. Markup is text like any other. */
export function Inline({ tokens, depth = 0 }: { tokens: readonly marked.Token[] | undefined; depth?: number }) {
  return <>{(tokens ?? []).map((token, index) => <Fragment key={index}>{inline(token, depth)}</Fragment>)}</>;
}

function inline(token: marked.Token, depth: number): ReactNode {
  if (depth > mostDepth) return token.raw;
  switch (token.type) {
    case "strong": return <strong><Inline tokens={token.tokens} depth={depth + 1} /></strong>;
    case "em": return <em><Inline tokens={token.tokens} depth={depth + 1} /></em>;
    case "del": return <del><Inline tokens={token.tokens} depth={depth + 1} /></del>;
    case "link": return link(token, depth);
    case "codespan": return <code>{unescapeCode(token.text)}</code>;
    case "br": return <br />;
    // The escaped character; the lexer's `text` is made for HTML.
    case "escape": return token.raw.slice(1);
    case "image": return decodeEntities(token.text);
    case "html": return token.raw;
    case "text": return "tokens" in token && token.tokens
      ? <Inline tokens={token.tokens} depth={depth + 1} /> : decodeEntities(token.raw);
    default: return token.raw;
  }
}

function link({ href, tokens }: marked.Tokens.Link, depth: number): ReactNode {
  const words = <Inline tokens={tokens} depth={depth + 1} />;
  const address = safeAddress(href);
  if (address === null) return words;
  return <a href={address} rel="noopener noreferrer" target="_blank">{words}</a>;
}
