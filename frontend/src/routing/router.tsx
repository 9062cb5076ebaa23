/** Pages by address: the browser's own history, and links that do not load the shell again. */
import { MouseEvent, ReactNode, useSyncExternalStore } from "react";

/** Heard when the address changes by `navigate`; the browser's own `popstate` says the rest. */
const changed = "alex:navigated";

interface Options {
  /** Takes the place of the page that is open, so that "back" skips it. */
  replaces?: boolean;
}

export function navigate(address: string, options: Options = {}): void {
  if (options.replaces) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  window.dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(changed, listener);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

/** A parameter of the address's query; null when it is not there. */
export function useQuery(name: string): string | null {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name));
}

/** The last segment of the address, as it stands there: the id of `/accounts/{id}`, for an address of the API. */
export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

interface LinkProps {
  to: string;
  children: ReactNode;
  className?: string;
  "aria-label"?: string;
  /** The page that is open. */
  isCurrent?: boolean;
}

/** An ordinary link; a plain click stays in the app. */
export function Link({ to, children, isCurrent, ...rest }: LinkProps) {
  function follow(event: MouseEvent): void {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!isPlain) return;
    event.preventDefault();
    navigate(to);
  }
  return (
    <a href={to} onClick={follow} {...(isCurrent ? { "aria-current": "page" as const } : {})} {...rest}>
      {children}
    </a>
  );
}
