import { ButtonHTMLAttributes, forwardRef } from "react";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "primary" | "agent" | "plain" | "danger" | "quiet";
  /** At work: it cannot be pressed again, and says what it does. */
  busy?: string | false;
}

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { kind = "plain", busy = false, children, className = "", disabled, ...rest }, reference,
) {
  return (
    <button
      type="button" {...rest} ref={reference} className={`button button-${kind} ${className}`}
      disabled={disabled || busy !== false} aria-busy={busy !== false}
    >
      {busy === false ? children : busy}
    </button>
  );
});
