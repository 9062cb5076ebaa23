import { useEffect, useSyncExternalStore } from "react";
import type { Study } from "../api/study";
import type { Projection } from "../api/types";
import { SkeletonLines } from "../components/Skeleton";
import { useQuery } from "../routing/router";

type Cards = typeof import("./study/StudyCards").StudyCards;

/** Once it has been loaded; then it is there at once, also for paper. */
let cards: Cards | undefined;
const listeners = new Set<() => void>();

/** The study is not needed to show the page. Who asks again after a failure tries again. */
function load(): void {
  if (cards) return;
  import("./study/StudyCards").then(
    (module) => {
      cards = module.StudyCards;
      for (const listener of listeners) listener();
    },
    () => undefined);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const signs = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

/** Loads at the first sign of a visitor, when their tab is opened, or for paper, whichever comes first. */
function useCards(isOpen: boolean): Cards | undefined {
  useEffect(() => {
    if (isOpen) load();
  }, [isOpen]);
  useEffect(() => {
    const paper = matchMedia("print");
    for (const sign of signs) window.addEventListener(sign, load, { passive: true });
    paper.addEventListener("change", load);
    return () => {
      for (const sign of signs) window.removeEventListener(sign, load);
      paper.removeEventListener("change", load);
    };
  }, []);
  return useSyncExternalStore(subscribe, () => cards, () => cards);
}

const members: (keyof Study)[] = ["safe_income", "fixes", "autopsy", "differences", "history", "strategy_comparison"];

/** What the projection says beyond its success; nothing for analyses of before. */
export function LaterStudy({ projection }: { projection: Projection }) {
  const Shown = useCards(useQuery("tab") === "retirement");
  if (!members.some((member) => projection[member])) return null;
  return Shown ? <Shown projection={projection} /> : <div className="card"><SkeletonLines count={5} /></div>;
}
