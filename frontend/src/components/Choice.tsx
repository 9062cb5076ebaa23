interface ChoiceProps<Value extends string> {
  /** What is chosen. */
  label: string;
  options: readonly { value: Value; title: string }[];
  value: Value;
  onChoose: (value: Value) => void;
}

/** A few views of one thing, of which one is shown: buttons side by side. */
export function Choice<Value extends string>({ label, options, value, onChoose }: ChoiceProps<Value>) {
  return (
    <div className="choice" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value} type="button" className="choice-option" aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.title}
        </button>
      ))}
    </div>
  );
}
