/** Light or dark, as the visitor chose; else as their system is. */
export type Theme = "light" | "dark";

const storageKey = "alex.theme";

export function systemTheme(): Theme {
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function chosenTheme(): Theme {
  const choice = localStorage.getItem(storageKey);
  return choice === "light" || choice === "dark" ? choice : systemTheme();
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

/** Keeps the choice; one that the system makes anyway is forgotten, so that it follows the system again. */
export function chooseTheme(theme: Theme): void {
  if (theme === systemTheme()) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, theme);
  applyTheme(theme);
  window.dispatchEvent(new Event("alex:theme"));
}
