import { useSyncExternalStore } from "react";
import { chooseTheme, chosenTheme } from "../format/theme";
import { Link } from "../routing/router";
import { signInAddress } from "../session/returning";
import { session } from "../session/session";
import { Button } from "./Button";
import { Mark } from "./Mark";

const links = [
  { to: "/dashboard", title: "Dashboard" },
  { to: "/accounts", title: "Accounts" },
  { to: "/advisor-team", title: "Advisor team" },
  { to: "/analysis", title: "Analysis" },
];

/** Brand, pages, theme and the person: 64 pixels high, and a second row on small screens. */
export function Navigation({ path }: { path: string }) {
  const person = session().person();
  return (
    <header className="navigation">
      <div className="navigation-inner">
        <Link to={person ? "/dashboard" : "/"} className="brand" aria-label="Alex, home"><Mark /><span>Alex</span></Link>
        {person && (
          <nav aria-label="Pages" className="navigation-links">
            {links.map(({ to, title }) => (
              <Link key={to} to={to} isCurrent={path === to || path.startsWith(`${to}/`)}>{title}</Link>
            ))}
          </nav>
        )}
        <div className="navigation-person">
          <ThemeButton />
          {person ? (
            <>
              <span className="person" title={person.name}>{person.name}</span>
              <Button kind="quiet" onClick={() => void session().signOut()}>Sign out</Button>
            </>
          ) : (
            path !== "/sign-in" && <Link to={signInAddress()} className="button button-primary">Sign in</Link>
          )}
        </div>
      </div>
    </header>
  );
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("alex:theme", listener);
  return () => window.removeEventListener("alex:theme", listener);
}

function ThemeButton() {
  const theme = useSyncExternalStore(subscribe, chosenTheme);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <button type="button" className="icon-button" aria-label={`Use the ${other} theme`} onClick={() => chooseTheme(other)}>
      <span aria-hidden="true">{theme === "dark" ? "☀" : "☾"}</span>
    </button>
  );
}
