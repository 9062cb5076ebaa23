import type { AccountSummary, Portfolio } from "../api/types";
import { ScrollingTable } from "../charts/ScrollingTable";
import { count, money, percent } from "../format/numbers";
import { Link } from "../routing/router";

interface AccountsTableProps {
  portfolio: Portfolio;
  onEdit: (account: AccountSummary) => void;
  onDelete: (account: AccountSummary) => void;
}

export function AccountsTable({ portfolio, onEdit, onDelete }: AccountsTableProps) {
  const { accounts, positions_count, invested, cash, total } = portfolio;
  return (
    <div className="card table-card">
      <ScrollingTable title="Your accounts">
        <table className="stacked">
          <caption className="visually-hidden">Your accounts</caption>
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Purpose</th>
              <th scope="col" className="right">Positions</th>
              <th scope="col" className="right">Cash</th>
              <th scope="col" className="right">Total</th>
              <th scope="col" className="right">Share</th>
              <th scope="col"><span className="visually-hidden">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <AccountRow
                key={account.id} account={account} onEdit={() => onEdit(account)} onDelete={() => onDelete(account)}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2} className="cell-wide">All accounts</th>
              <td className="right" data-title="Positions"><Positions count={positions_count} value={invested} /></td>
              <td className="right" data-title="Cash">{money(cash)}</td>
              <td className="right" data-title="Total">{money(total)}</td>
              <td className="right" data-title="Share">{percent(Number(total) > 0 ? 100 : null)}</td>
              <td className="cell-empty" />
            </tr>
          </tfoot>
        </table>
      </ScrollingTable>
    </div>
  );
}

function AccountRow({ account, onEdit, onDelete }: { account: AccountSummary; onEdit: () => void; onDelete: () => void }) {
  const { id, account_name, account_purpose, positions_count, positions_value, cash_balance, total, unpriced } = account;
  return (
    <tr>
      <th scope="row">
        <Link to={`/accounts/${id}`} className="account-link">{account_name}</Link>
        {unpriced.length > 0 && <p className="small quiet">Without {unpriced.join(", ")}: no price is known.</p>}
      </th>
      <td data-title="Purpose" className="purpose">{account_purpose ?? <span className="quiet">None given</span>}</td>
      <td className="right" data-title="Positions"><Positions count={positions_count} value={positions_value} /></td>
      <td className="right" data-title="Cash">{money(cash_balance)}</td>
      <td className="right strong" data-title="Total">{money(total)}</td>
      <td className="right" data-title="Share">{percent(account.percent)}</td>
      <td className="cell-wide">
        <div className="cell-actions">
          <button type="button" className="button button-quiet" onClick={onEdit}>
            Edit<span className="visually-hidden"> {account_name}</span>
          </button>
          <button type="button" className="button button-quiet button-quiet-danger" onClick={onDelete}>
            Delete<span className="visually-hidden"> {account_name}</span>
          </button>
        </div>
      </td>
    </tr>
  );
}

function Positions({ count: number, value }: { count: number; value: string }) {
  if (number === 0) return <span className="quiet">None</span>;
  return <>{money(value)}<span className="count-note">{count(number, "position")}</span></>;
}
