import { useContext, useMemo } from "react";
import type { FactsDocument } from "../api/facts";
import { useResource } from "../api/resource";
import { FactsContext } from "../facts/FactsProvider";
import { factsByID, factsPath } from "../facts/references";
import { titleOf } from "../facts/wording";

/** The facts a recommendation stands on. Until they have come, or when they do not come, their ids. */
export function StandsOn({ jobID, ids }: { jobID: string; ids: readonly string[] }) {
  const { data } = useResource<FactsDocument>(factsPath(jobID), true);
  const facts = useMemo(() => data && factsByID(data), [data]);
  const shown = useContext(FactsContext);
  return (
    <ul className="fact-chips">
      {ids.map((id, index) => {
        const fact = facts?.get(id);
        return (
          <li key={index}>
            <button
              type="button" className="fact-chip" aria-haspopup="dialog" onPointerEnter={shown?.prepare} onFocus={shown?.prepare}
              onClick={() => shown?.open(id, fact?.text ?? "")}
            >
              {fact ? <>{titleOf(fact)} <strong className="number">{fact.text}</strong></> : <code>{id}</code>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
