import { KeyboardEvent, ReactNode, useRef } from "react";
import { navigate, useQuery } from "../routing/router";

export interface Tab {
  /** In the address: `charts`. */
  key: string;
  title: string;
  content: ReactNode;
}

/**
 * Tabs after the WAI-ARIA pattern; which one is open stands in the address, so that it survives a reload. All panels are
 * laid out, so that charts have their size and a print has everything.
 */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const wanted = useQuery("tab");
  const open = Math.max(0, tabs.findIndex(({ key }) => key === wanted));
  const buttons = useRef<(HTMLButtonElement | null)[]>([]);

  function press(event: KeyboardEvent): void {
    const next = tabAfter(event.key, open, tabs.length);
    if (next === null) return;
    event.preventDefault();
    choose(tabs[next]?.key ?? "");
    buttons.current[next]?.focus();
  }

  function choose(key: string): void {
    navigate(addressWithTab(location.pathname, location.search, key), { replaces: true });
  }

  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={press}>
        {tabs.map(({ key, title }, index) => (
          <button
            key={key} type="button" role="tab" id={`tab-${key}`} className="tab" aria-controls={`panel-${key}`}
            aria-selected={index === open} tabIndex={index === open ? 0 : -1} onClick={() => choose(key)}
            ref={(element) => { buttons.current[index] = element; }}
          >
            {title}
          </button>
        ))}
      </div>
      <div className="tab-panels">
        {tabs.map(({ key, title, content }, index) => (
          <div
            key={key} role="tabpanel" id={`panel-${key}`} aria-labelledby={`tab-${key}`} className="tab-panel" tabIndex={0}
            hidden={index !== open}
          >
            <h2 className="panel-title">{title}</h2>
            {content}
          </div>
        ))}
      </div>
    </>
  );
}

/** Where a key leads: round with the arrows, to the ends with Home and End. Null for every other key. */
export function tabAfter(key: string, open: number, count: number): number | null {
  switch (key) {
    case "ArrowRight": return (open + 1) % count;
    case "ArrowLeft": return (open + count - 1) % count;
    case "Home": return 0;
    case "End": return count - 1;
    default: return null;
  }
}

/** The same address with another tab; the other parameters stay. */
export function addressWithTab(path: string, search: string, key: string): string {
  const query = new URLSearchParams(search);
  query.set("tab", key);
  return `${path}?${query.toString()}`;
}
