import { createContext, Fragment, ReactNode, useContext } from "react";
import { FactButton } from "../facts/FactButton";

/** What the marks of the text refer to, by their number. */
export const References = createContext<readonly string[]>([]);

/** A place of a line: something to show, or a mark between two of them (its number, -1 at the end of a citation). */
export type Place = { shows: ReactNode } | { mark: number };

/**
 * What stands on one level of a line, with the cited spans as buttons. A span that does not begin and end on the same
 * level, such as one that ends within bold text, is shown without.
 */
export function folded(places: readonly Place[]): ReactNode {
  const shown: ReactNode[] = [];
  let open: { mark: number; from: number } | null = null;
  for (const place of places) {
    if ("shows" in place) shown.push(place.shows);
    else if (place.mark >= 0) open = { mark: place.mark, from: shown.length };
    else if (open) {
      const children = shown.splice(open.from);
      shown.push(<Cited mark={open.mark}>{keyed(children)}</Cited>);
      open = null;
    }
  }
  return keyed(shown);
}

function keyed(nodes: readonly ReactNode[]): ReactNode {
  return nodes.map((node, index) => <Fragment key={index}>{node}</Fragment>);
}

function Cited({ mark, children }: { mark: number; children: ReactNode }) {
  return <FactButton reference={useContext(References)[mark]}>{children}</FactButton>;
}
