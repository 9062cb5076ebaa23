import { InputHTMLAttributes } from "react";
import { groupedAmount } from "../format/amounts";

interface AmountInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> {
  value: string;
  onValue: (text: string) => void;
}

/** An amount as text: thousands are set apart when the input is left, nothing is rounded. */
export function AmountInput({ value, onValue, ...rest }: AmountInputProps) {
  return (
    <input
      type="text" inputMode="decimal" autoComplete="off" {...rest} value={value}
      onChange={(event) => onValue(event.target.value)} onBlur={() => onValue(groupedAmount(value))}
    />
  );
}
