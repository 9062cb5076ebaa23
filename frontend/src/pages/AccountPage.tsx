import { useEffect, useState } from "react";
import { AccountDialog } from "../accounts/AccountDialog";
import { Figure } from "../accounts/AccountsSummary";
import { AddPositionDialog } from "../accounts/AddPositionDialog";
import { DeletePositionDialog } from "../accounts/DeletePositionDialog";
import { PositionsTable } from "../accounts/PositionsTable";
import { ApiFailure } from "../api/failure";
import { useResource } from "../api/resource";
import type { AccountWithPositions, Position } from "../api/types";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Loaded, Page } from "../components/Page";
import { movePoint } from "../format/amounts";
import { count, money, quantity } from "../format/numbers";
import { lastSegment, Link, usePath } from "../routing/router";

type Open = { kind: "edit" } | { kind: "add" } | { kind: "delete"; position: Position };

/** One account with its positions, from one request. */
export default function AccountPage() {
  const id = lastSegment(usePath());
  const account = useResource<AccountWithPositions>(`/api/accounts/${encodeURIComponent(id)}`);
  const [open, setOpen] = useState<Open | null>(null);
  const { data, failure } = account;
  const name = data?.account_name;
  useEffect(() => {
    // After every rendering: the frame sets the page's own title when the address changes.
    if (name !== undefined) document.title = `${name} - Alex`;
  });

  if (failure instanceof ApiFailure && failure.isNotFound) return <NoSuchAccount />;
  const actions = data && (
    <>
      <Button kind="primary" onClick={() => setOpen({ kind: "add" })}>Add a position</Button>
      <Button onClick={() => setOpen({ kind: "edit" })}>Edit the account</Button>
    </>
  );
  return (
    <Page
      title={name ?? "Account"} isReady={data !== undefined} actions={actions} className="account-page"
      lead={<><Link to="/accounts">All accounts</Link>{data?.account_purpose && <> · {data.account_purpose}</>}</>}
    >
      <Loaded resource={account}>
        {(shown) => (
          <>
            <Figures account={shown} />
            {shown.positions.length === 0
              ? <NoPositions onAdd={() => setOpen({ kind: "add" })} />
              : <PositionsTable account={shown} onDelete={(position) => setOpen({ kind: "delete", position })} />}
          </>
        )}
      </Loaded>
      {data && open?.kind === "edit" && <AccountDialog account={data} onClose={() => setOpen(null)} />}
      {data && open?.kind === "add" && <AddPositionDialog account={data} onClose={() => setOpen(null)} />}
      {data && open?.kind === "delete" && (
        <DeletePositionDialog position={open.position} account={data} onClose={() => setOpen(null)} />
      )}
    </Page>
  );
}

function Figures({ account }: { account: AccountWithPositions }) {
  const { total, positions_value, cash_balance, cash_interest, positions, unpriced } = account;
  return (
    <div className="cards figures">
      <Figure title="Total" figure={money(total)}>
        {unpriced.length > 0 ? `Without ${unpriced.join(", ")}: no price is known.` : "Positions and cash"}
      </Figure>
      <Figure title="Positions" figure={money(positions_value)}>{count(positions.length, "position")}</Figure>
      <Figure title="Cash" figure={money(cash_balance)} />
      <Figure title="Interest on cash" figure={`${quantity(movePoint(cash_interest, 2))}%`}>A year</Figure>
    </div>
  );
}

function NoPositions({ onAdd }: { onAdd: () => void }) {
  return (
    <EmptyState
      title="There is no position yet" actions={<Button kind="primary" onClick={onAdd}>Add a position</Button>}
    >
      Add what this account holds, one symbol at a time, or import a file on the page of all accounts.
    </EmptyState>
  );
}

function NoSuchAccount() {
  return (
    <Page title="This account cannot be shown" className="page-narrow">
      <p>Your household has no account at this address. It may have been deleted, or it belongs to somebody else.</p>
      <div className="actions"><Link to="/accounts" className="button button-primary">Go to your accounts</Link></div>
    </Page>
  );
}
