/** What charts are drawn on: the theme's colours, or paper. A canvas does not follow the style sheet by itself. */
import { useMemo, useSyncExternalStore } from "react";
import { palette, visibleOnDark } from "./colors";

type Ground = "light" | "dark" | "paper";

export interface Look {
  ground: Ground;
  text: string;
  quietText: string;
  line: string;
  surface: string;
  font: string;
  /** The colour of a slice as it is drawn here. */
  colorOf: (color: string | undefined, index: number) => string;
}

/** Paper is white in either theme, and the style sheet still has the screen's colours when the browser asks. */
const paper = { text: "#0b1f3a", quietText: "#4b5a70", line: "#cfd6df", surface: "#ffffff" };

let isPrinting = false;

function subscribe(listener: () => void): () => void {
  const hear = (target: EventTarget, name: string, change: () => void = () => undefined): (() => void) => {
    const handler = (): void => {
      change();
      listener();
    };
    target.addEventListener(name, handler);
    return () => target.removeEventListener(name, handler);
  };
  const endings = [
    hear(window, "alex:theme"),
    hear(matchMedia("(prefers-color-scheme: dark)"), "change"),
    hear(matchMedia("print"), "change"),
    hear(window, "beforeprint", () => { isPrinting = true; }),
    hear(window, "afterprint", () => { isPrinting = false; }),
  ];
  return () => endings.forEach((end) => end());
}

function ground(): Ground {
  if (isPrinting || matchMedia("print").matches) return "paper";
  return document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
}

function lookOn(ground: Ground): Look {
  const isBrowser = typeof document !== "undefined";
  const style = isBrowser ? getComputedStyle(document.documentElement) : undefined;
  const value = (name: string): string => style?.getPropertyValue(name).trim() ?? "";
  const colors = ground === "paper" || !isBrowser
    ? paper
    : { text: value("--text"), quietText: value("--text-quiet"), line: value("--line"), surface: value("--surface") };
  return {
    ground, ...colors, font: value("--font"),
    colorOf: (color, index) => {
      const chosen = color ?? (palette[index % palette.length] as string);
      return ground === "dark" ? visibleOnDark(chosen, colors.surface) : chosen;
    },
  };
}

/** Changes with the theme, whether the visitor or the system chose it, and for printing. */
export function useLook(): Look {
  const current = useSyncExternalStore<Ground>(subscribe, ground, () => "light");
  return useMemo(() => lookOn(current), [current]);
}

export function wantsMotion(): boolean {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}
