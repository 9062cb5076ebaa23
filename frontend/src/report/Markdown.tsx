import { Lexer, marked } from "marked";
import { Fragment, ReactNode, useMemo } from "react";
import type { Citation } from "../api/facts";
import { References } from "./Cited";
import { withMarks, withoutMarks } from "./citations";
import { Inline, mostDepth } from "./Inline";
import { MarkdownTable } from "./MarkdownTable";

interface MarkdownProps {
  text: string;
  /** Which of its numbers are which facts. */
  citations?: readonly Citation[] | undefined;
  /** Headings go down by as many levels: a report's `#` is a section of the page. */
  shift?: number;
}

/**
 * A report that an agent wrote. Only the lexer of `marked` is used, and its tokens become elements: whatever the
 * text says, it cannot become markup of its own.
 */
export function Markdown({ text, citations, shift = 1 }: MarkdownProps) {
  const { tokens, references } = useMemo(() => {
    const marked = withMarks(text, citations);
    return { tokens: tokensOf(marked.text), references: marked.references };
  }, [text, citations]);
  if (tokens === null) return <pre className="markdown">{text}</pre>;
  return (
    <References.Provider value={references}>
      <div className="markdown"><Blocks tokens={tokens} shift={shift} depth={0} /></div>
    </References.Provider>
  );
}

/** @returns Null for a text so deeply nested that the lexer's own recursion does not reach the bottom. */
function tokensOf(text: string): marked.Token[] | null {
  try {
    // `mangle` would turn the letters of mail addresses into references, each time others.
    return new Lexer({ gfm: true, mangle: false }).lex(text);
  } catch (failure) {
    if (failure instanceof RangeError) return null;
    throw failure;
  }
}

interface BlocksProps {
  tokens: readonly marked.Token[];
  shift: number;
  depth: number;
}

function Blocks({ tokens, shift, depth }: BlocksProps) {
  return <>{tokens.map((token, index) => <Fragment key={index}>{block(token, shift, depth)}</Fragment>)}</>;
}

function block(token: marked.Token, shift: number, depth: number): ReactNode {
  if (depth > mostDepth) return withoutMarks(token.raw);
  switch (token.type) {
    case "heading": {
      const Heading = `h${Math.min(6, token.depth + shift)}` as "h2";
      return <Heading><Inline tokens={token.tokens} /></Heading>;
    }
    case "paragraph": return <p><Inline tokens={token.tokens} /></p>;
    case "text": return "tokens" in token ? <Inline tokens={token.tokens} /> : <Inline tokens={[token]} />;
    case "list": return list(token, shift, depth);
    case "table": return <MarkdownTable token={token} />;
    case "blockquote": return <blockquote><Blocks tokens={token.tokens} shift={shift} depth={depth + 1} /></blockquote>;
    case "code": return <pre tabIndex={0}><code>{withoutMarks(token.text)}</code></pre>;
    case "hr": return <hr />;
    case "html": return <p>{withoutMarks(token.raw).trim()}</p>;
    case "space": case "def": return null;
    default: return <p>{withoutMarks(token.raw)}</p>;
  }
}

function list(token: marked.Tokens.List, shift: number, depth: number): ReactNode {
  const items = token.items.map((item, index) => (
    <li key={index}>
      {item.task && (item.checked ? "☑ " : "☐ ")}
      {item.tokens.map((each, position) => (
        <Fragment key={position}>
          {token.loose && each.type === "text" ? <p>{block(each, shift, depth + 1)}</p> : block(each, shift, depth + 1)}
        </Fragment>
      ))}
    </li>
  ));
  return token.ordered ? <ol {...(token.start === "" ? {} : { start: token.start })}>{items}</ol> : <ul>{items}</ul>;
}
