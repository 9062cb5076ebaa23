import { KeyboardEvent, useId, useState } from "react";
import type { Instrument } from "../api/types";
import { count, price } from "../format/numbers";

interface SymbolComboboxProps {
  value: string;
  onValue: (symbol: string) => void;
  suggestions: readonly Instrument[];
  onFocusChange: (hasFocus: boolean) => void;
  /** From the field around it. */
  id?: string;
  "aria-invalid"?: boolean | undefined;
  "aria-describedby"?: string | undefined;
}

/**
 * A symbol to type, with what is known to choose from: the combobox pattern of the WAI-ARIA practices.
 *
 * Arrows move, Enter takes, Escape closes the list and not the dialog. Whatever else is typed stays.
 */
export function SymbolCombobox({ value, onValue, suggestions, onFocusChange, ...field }: SymbolComboboxProps) {
  const listID = useId();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const isShown = isOpen && suggestions.length > 0;
  const current = isShown ? suggestions[active] : undefined;

  function take(instrument: Instrument): void {
    onValue(instrument.symbol);
    setOpen(false);
    setActive(-1);
  }
  function move(step: number): void {
    setOpen(true);
    if (suggestions.length === 0) return;
    // Before the first and after the last comes the input itself.
    const places = suggestions.length + 1;
    setActive((before) => ((before + 1 + step + places) % places) - 1);
  }
  function press(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      take(current);
    } else if (event.key === "Escape" && isShown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setActive(-1);
    }
  }
  return (
    <div className="combobox">
      <input
        {...field} role="combobox" aria-expanded={isShown} aria-controls={listID} aria-autocomplete="list"
        aria-activedescendant={current ? `${listID}-${active}` : undefined}
        autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={20} value={value}
        onKeyDown={press} onFocus={() => onFocusChange(true)}
        onBlur={() => {
          setOpen(false);
          onFocusChange(false);
        }}
        onChange={(event) => {
          onValue(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
      />
      <ul id={listID} role="listbox" aria-label="Suggestions" className="combobox-list" hidden={!isShown}>
        {suggestions.map((instrument, index) => (
          <li
            key={instrument.symbol} id={`${listID}-${index}`} role="option" aria-selected={index === active}
            // The input keeps the focus, else leaving it would close the list before the click.
            onMouseDown={(event) => event.preventDefault()} onClick={() => take(instrument)}
          >
            <strong>{instrument.symbol}</strong> <span>{instrument.name}</span>
            <span className="quiet number">{price(instrument.current_price)}</span>
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">{isShown ? `${count(suggestions.length, "suggestion")}` : ""}</p>
    </div>
  );
}
