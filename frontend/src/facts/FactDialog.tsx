import { ReactNode, useEffect, useRef, useState } from "react";
import type { Fact, FactsDocument } from "../api/facts";
import { useResource } from "../api/resource";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { Loaded } from "../components/Page";
import { SkeletonLines } from "../components/Skeleton";
import { moment } from "../format/times";
import { derivedValue, exactValue, titleOf, whenTrue } from "./wording";
import { Derivation, derivationOf, FactsByID, factsByID, factsPath, signs } from "./references";

export interface FactDialogProps {
  jobID: string;
  /** A fact's id, or a derivation. */
  reference: string;
  /** The number as it was printed where it was asked. */
  printed: string;
  onClose: () => void;
}

/** Where a number comes from: what it is, how it was computed and from what, and when its prices were true. */
export function FactDialog({ jobID, reference, printed, onClose }: FactDialogProps) {
  // The way down to what is shown, so that one can go back up.
  const [way, setWay] = useState([reference]);
  const facts = useResource<FactsDocument>(factsPath(jobID), true);
  const shown = way[way.length - 1] as string;
  return (
    <Dialog title="Where this number comes from" onClose={onClose}>
      <Loaded resource={facts} skeleton={<SkeletonLines count={6} />}>
        {(document) => (
          <div className="fact-view" key={way.join(" > ")}>
            <View
              reference={shown} document={document} printed={way.length === 1 ? printed : undefined}
              onDeeper={(id) => setWay([...way, id])}
            />
            {way.length > 1 && (
              <div className="actions"><Button onClick={() => setWay(way.slice(0, -1))}>Back</Button></div>
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

interface ViewProps {
  reference: string;
  document: FactsDocument;
  printed?: string | undefined;
  onDeeper: (id: string) => void;
}

/** What is shown of a reference; exported for its tests. */
export function View({ reference, document, printed, onDeeper }: ViewProps) {
  const facts = factsByID(document);
  const fact = facts.get(reference);
  const derivation = fact ? null : derivationOf(reference);
  if (fact) return <OneFact fact={fact} facts={facts} document={document} onDeeper={onDeeper} />;
  if (derivation) {
    return <Derived derivation={derivation} facts={facts} printed={printed} onDeeper={onDeeper} />;
  }
  return (
    <>
      <Title>This fact is not there</Title>
      <p>The analysis keeps no fact with the id <code className="fact-id">{reference}</code>.</p>
    </>
  );
}

/** Takes the focus, so that a screen reader begins here: also when one goes deeper, or back. */
function Title({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return <h3 ref={heading} tabIndex={-1} data-first-focus>{children}</h3>;
}

interface OneFactProps {
  fact: Fact;
  facts: FactsByID;
  document: FactsDocument;
  onDeeper: (id: string) => void;
}

function OneFact({ fact, facts, document, onDeeper }: OneFactProps) {
  return (
    <>
      <Title>{titleOf(fact)}</Title>
      <p className="figure">{fact.text}</p>
      <dl className="fact-members">
        <dt>Exactly</dt><dd className="number">{exactValue(fact)}</dd>
        {fact.currency && <><dt>Currency</dt><dd>{fact.currency}</dd></>}
        <dt>How it is computed</dt><dd>{fact.method}</dd>
        {fact.as_of
          ? <><dt>As of</dt><dd>{whenTrue(fact.as_of)}</dd></>
          : document.as_of && <><dt>Computed</dt><dd>{moment(document.as_of)}</dd></>}
        <dt>Id</dt><dd><FactID id={fact.id} /></dd>
      </dl>
      {fact.inputs.length > 0 && (
        <>
          <h4>Computed from</h4>
          <Inputs ids={fact.inputs} facts={facts} onDeeper={onDeeper} />
        </>
      )}
    </>
  );
}

interface DerivedProps {
  derivation: Derivation;
  facts: FactsByID;
  printed: string | undefined;
  onDeeper: (id: string) => void;
}

function Derived({ derivation, facts, printed, onDeeper }: DerivedProps) {
  const { ids, operators } = derivation;
  const terms = ids.map((id) => facts.get(id)?.text ?? id);
  const formula = terms.map((term, index) => (index === 0 ? term : `${signs[operators[index - 1] ?? "+"]} ${term}`)).join(" ");
  const value = derivedValue(derivation, facts);
  return (
    <>
      <Title>{ids.length === 2 ? "Computed from two facts" : `Computed from ${ids.length} facts`}</Title>
      {printed && <p className="figure">{printed}</p>}
      <dl className="fact-members">
        <dt>Formula</dt><dd className="number">{formula}</dd>
        {value !== null && <><dt>Exactly</dt><dd className="number">{value}</dd></>}
        <dt>Id</dt>
        <dd><FactID id={ids.map((id, index) => (index === 0 ? id : `${operators[index - 1] ?? ""} ${id}`)).join(" ")} /></dd>
      </dl>
      <h4>The facts</h4>
      <Inputs ids={ids} facts={facts} onDeeper={onDeeper} />
    </>
  );
}

function Inputs({ ids, facts, onDeeper }: { ids: readonly string[]; facts: FactsByID; onDeeper: (id: string) => void }) {
  return (
    <ul className="fact-inputs">
      {ids.map((id, index) => {
        const fact = facts.get(id);
        return (
          <li key={index}>
            {fact ? (
              <button type="button" onClick={() => onDeeper(id)}>
                <span>{titleOf(fact)}</span> <strong className="number">{fact.text}</strong>
              </button>
            ) : <code className="fact-id">{id}</code>}
          </li>
        );
      })}
    </ul>
  );
}

function FactID({ id }: { id: string }) {
  const [said, setSaid] = useState("");
  function copy(): void {
    // Without a clipboard, as in a page without encryption, one selects it.
    Promise.resolve().then(() => navigator.clipboard.writeText(id)).then(
      () => setSaid("Copied"), () => setSaid("The browser does not allow that here: select the id and copy it."));
  }
  return (
    <span className="fact-copy">
      <code className="fact-id">{id}</code>
      <Button kind="quiet" className="button-small" onClick={copy}>Copy the id</Button>
      <span role="status" className="small">{said}</span>
    </span>
  );
}
