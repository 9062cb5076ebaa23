import { useState } from "react";
import { AccountDialog } from "../accounts/AccountDialog";
import { populateDemo } from "../accounts/demoData";
import { useAction } from "../api/action";
import { sentence } from "../api/failure";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Link } from "../routing/router";

/** Nothing is there yet: what to do first. */
export function FirstVisit({ name, isNew }: { name: string; isNew: boolean }) {
  const [isAdding, setAdding] = useState(false);
  const action = useAction();
  return (
    <>
      <EmptyState
        title={isNew ? `Welcome, ${name}` : "There is no account yet"}
        actions={(
          <>
            <Button kind="primary" onClick={() => setAdding(true)}>Add an account</Button>
            <Button busy={action.isBusy && "Adding"} onClick={() => void action.run(populateDemo)}>Populate demo data</Button>
            <Link to="/accounts" className="button button-plain">Import a file</Link>
          </>
        )}
      >
        Alex needs to know what you own before it can tell you anything. Add an account, import a file from your broker, or
        take the demo data, which you can delete again. Your profile below has usual values to begin with.
      </EmptyState>
      {action.failure !== undefined && <p className="problem page-problem" role="alert">{sentence(action.failure)}</p>}
      {isAdding && <AccountDialog account={null} onClose={() => setAdding(false)} />}
    </>
  );
}
