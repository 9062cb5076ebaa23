import { ComponentType, createContext, ReactNode, useMemo, useState } from "react";
import { prepare } from "../api/resource";
import { toast } from "../components/Toasts";
import type { FactDialogProps } from "./FactDialog";
import { factsPath } from "./references";

interface FactsOfJob {
  /** Shows where a number comes from. */
  open: (reference: string, printed: string) => void;
  /** Somebody is about to ask: the facts and the dialog are fetched. */
  prepare: () => void;
}

/** Null where numbers have no facts to show. */
export const FactsContext = createContext<FactsOfJob | null>(null);

const loadDialog = (): Promise<typeof import("./FactDialog")> => import("./FactDialog");

/** Lets the numbers below it be asked where they come from. Nothing is read before somebody does. */
export function FactsProvider({ jobID, children }: { jobID: string; children: ReactNode }) {
  const [shown, setShown] = useState<{ reference: string; printed: string } | null>(null);
  const [Dialog, setDialog] = useState<ComponentType<FactDialogProps> | null>(null);
  const facts = useMemo<FactsOfJob>(() => ({
    open: (reference, printed) => {
      loadDialog().then(
        (module) => {
          setDialog(() => module.FactDialog);
          setShown({ reference, printed });
        },
        () => toast("error", "where this number comes from could not be loaded; check your connection and try again"));
    },
    prepare: () => {
      prepare(factsPath(jobID));
      // Who opens the dialog hears of a failure.
      void loadDialog().catch(() => undefined);
    },
  }), [jobID]);
  return (
    <FactsContext.Provider value={facts}>
      {children}
      {shown && Dialog && <Dialog key={shown.reference} {...shown} jobID={jobID} onClose={() => setShown(null)} />}
    </FactsContext.Provider>
  );
}
