import type { AccountWithPositions, Position, PriceSource } from "../api/types";
import { ScrollingTable } from "../charts/ScrollingTable";
import { money, percent, price } from "../format/numbers";
import { age, moment } from "../format/times";
import { QuantityCell } from "./QuantityCell";

interface PositionsTableProps {
  account: AccountWithPositions;
  onDelete: (position: Position) => void;
}

export function PositionsTable({ account, onDelete }: PositionsTableProps) {
  const { positions, cash_balance, total } = account;
  const whole = Number(total);
  return (
    <div className="card table-card">
      <ScrollingTable title={`Positions of ${account.account_name}`}>
        <table className="stacked">
          <caption className="visually-hidden">Positions of {account.account_name}</caption>
          <thead>
            <tr>
              <th scope="col">Position</th>
              <th scope="col" className="right">Quantity</th>
              <th scope="col" className="right">Price</th>
              <th scope="col" className="right">Value</th>
              <th scope="col" className="right">Weight</th>
              <th scope="col"><span className="visually-hidden">Actions</span></th>
            </tr>
          </thead>
          <tbody>
            {positions.map((position) => (
              <PositionRow key={position.id} position={position} onDelete={() => onDelete(position)} />
            ))}
          </tbody>
          <tfoot>
            <tr className="subtotal">
              <th scope="row" colSpan={3} className="cell-wide">Cash</th>
              <td className="right" data-title="Value">{money(cash_balance)}</td>
              <td className="right" data-title="Weight">{percent(whole > 0 ? (Number(cash_balance) / whole) * 100 : null)}</td>
              <td className="cell-empty" />
            </tr>
            <tr>
              <th scope="row" colSpan={3} className="cell-wide">Total</th>
              <td className="right" data-title="Value">{money(total)}</td>
              <td className="right" data-title="Weight">{percent(whole > 0 ? 100 : null)}</td>
              <td className="cell-empty" />
            </tr>
          </tfoot>
        </table>
      </ScrollingTable>
    </div>
  );
}

function PositionRow({ position, onDelete }: { position: Position; onDelete: () => void }) {
  const { symbol, name, is_classified, value } = position;
  return (
    <tr>
      <th scope="row">
        <span className="symbol">{symbol}</span>
        {is_classified ? <span className="position-name">{name}</span> : <NotClassified />}
      </th>
      <td className="right" data-title="Quantity"><QuantityCell position={position} /></td>
      <td className="right" data-title="Price"><PriceOf position={position} /></td>
      <td className="right" data-title="Value">{value === null ? <span className="quiet">Unknown</span> : money(value)}</td>
      <td className="right" data-title="Weight">
        {value === null ? <span className="quiet">Unknown</span> : percent(position.percent)}
      </td>
      <td className="cell-wide">
        <div className="cell-actions">
          <button type="button" className="button button-quiet button-quiet-danger" onClick={onDelete}>
            Delete<span className="visually-hidden"> {symbol}</span>
          </button>
        </div>
      </td>
    </tr>
  );
}

function NotClassified() {
  return <span className="position-name"><span className="badge badge-warning">Not classified yet</span></span>;
}

const sources: Record<PriceSource, string> = { seed: "As shipped", polygon: "Polygon", household: "Yours" };

/** A price with where it comes from and how old it is. */
function PriceOf({ position }: { position: Position }) {
  if (position.price === null) return <span className="quiet">No price yet</span>;
  const { price_as_of, price_source } = position;
  const source = price_source === null ? "Unknown source" : sources[price_source];
  return (
    <>
      {price(position.price)}
      <span className="price-source" title={price_as_of === null ? undefined : moment(price_as_of)}>
        {source}, {price_as_of === null ? "age unknown" : age(price_as_of)}
      </span>
    </>
  );
}
