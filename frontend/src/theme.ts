import { applyTheme, chosenTheme } from "./format/theme";

// Before the first paint, so that nobody sees the other theme flash by.
applyTheme(chosenTheme());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(chosenTheme()));
