import { useState } from "react";
import { AccountDialog } from "../accounts/AccountDialog";
import { AccountsSummary } from "../accounts/AccountsSummary";
import { AccountsTable } from "../accounts/AccountsTable";
import { DeleteAccountDialog, ResetDialog } from "../accounts/DeleteDialogs";
import { populateDemo } from "../accounts/demoData";
import { ImportDialog } from "../accounts/import/ImportDialog";
import { useAction } from "../api/action";
import { readFile } from "../api/client";
import { sentence } from "../api/failure";
import { useResource } from "../api/resource";
import type { AccountSummary, Portfolio } from "../api/types";
import { Button } from "../components/Button";
import { download } from "../components/download";
import { EmptyState } from "../components/EmptyState";
import { Loaded, Page } from "../components/Page";

type Open =
  | { kind: "add" } | { kind: "import" } | { kind: "reset" }
  | { kind: "edit"; account: AccountSummary } | { kind: "delete"; account: AccountSummary };

/** All accounts, from one request. */
export default function AccountsPage() {
  const portfolio = useResource<Portfolio>("/api/portfolio");
  const [open, setOpen] = useState<Open | null>(null);
  const action = useAction();
  const { data } = portfolio;
  const isEmpty = data?.accounts.length === 0;

  async function exportHoldings(): Promise<void> {
    download(await readFile("/api/holdings.csv"), "alex-holdings.csv");
  }
  const actions = data && (
    <>
      {!isEmpty && <Button kind="primary" onClick={() => setOpen({ kind: "add" })}>Add an account</Button>}
      <Button onClick={() => setOpen({ kind: "import" })}>Import CSV</Button>
      {!isEmpty && (
        <Button busy={action.isBusy && "Exporting"} onClick={() => void action.run(exportHoldings)}>Export CSV</Button>
      )}
      {!isEmpty && <Button onClick={() => setOpen({ kind: "reset" })}>Reset all</Button>}
    </>
  );
  return (
    <Page
      title="Accounts" lead="What you own, account by account." isReady={data !== undefined} actions={actions}
    >
      {action.failure !== undefined && <p className="problem page-problem" role="alert">{sentence(action.failure)}</p>}
      <Loaded resource={portfolio}>
        {(shown) => (shown.accounts.length === 0
          ? <NoAccounts action={action} onAdd={() => setOpen({ kind: "add" })} />
          : (
            <>
              <AccountsSummary portfolio={shown} />
              <AccountsTable
                portfolio={shown} onEdit={(account) => setOpen({ kind: "edit", account })}
                onDelete={(account) => setOpen({ kind: "delete", account })}
              />
            </>
          ))}
      </Loaded>
      {open && data && <OpenDialog open={open} portfolio={data} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function OpenDialog({ open, portfolio, onClose }: { open: Open; portfolio: Portfolio; onClose: () => void }) {
  switch (open.kind) {
    case "add": return <AccountDialog account={null} onClose={onClose} />;
    case "edit": return <AccountDialog account={open.account} onClose={onClose} />;
    case "delete": return <DeleteAccountDialog account={open.account} onClose={onClose} />;
    case "reset": return <ResetDialog portfolio={portfolio} onClose={onClose} />;
    case "import": return <ImportDialog accounts={portfolio.accounts} onClose={onClose} />;
  }
}

function NoAccounts({ action, onAdd }: { action: ReturnType<typeof useAction>; onAdd: () => void }) {
  return (
    <EmptyState
      title="There is no account yet"
      actions={(
        <>
          <Button kind="primary" onClick={onAdd}>Add an account</Button>
          <Button busy={action.isBusy && "Adding"} onClick={() => void action.run(populateDemo)}>Populate demo data</Button>
        </>
      )}
    >
      Add one by hand, import a file from your broker, or look around with demo accounts, which you can delete again.
    </EmptyState>
  );
}
