import { useMemo } from "react";
import type { FactsDocument } from "../api/facts";
import { useResource } from "../api/resource";
import { FactButton } from "../facts/FactButton";
import { factsByID, factsPath } from "../facts/references";
import { titleOf } from "../facts/wording";

/** The facts a recommendation stands on. Until they have come, or when they do not come, their ids. */
export function StandsOn({ jobID, ids }: { jobID: string; ids: readonly string[] }) {
  const { data } = useResource<FactsDocument>(factsPath(jobID), true);
  const facts = useMemo(() => data && factsByID(data), [data]);
  return (
    <ul className="fact-chips">
      {ids.map((id, index) => {
        const fact = facts?.get(id);
        return (
          <li key={index}>
            <FactButton reference={id} className="fact-chip">
              {fact ? <>{titleOf(fact)} <strong className="number">{fact.text}</strong></> : <code>{id}</code>}
            </FactButton>
          </li>
        );
      })}
    </ul>
  );
}
