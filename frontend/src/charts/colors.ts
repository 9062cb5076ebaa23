/** Colours of slices and bars: those that come with the data, kept visible on whatever they are drawn on. */

/** The brand's colours, then those of the analysis pages. */
export const palette = [
  "#209DD7", "#753991", "#FFB707", "#062147", "#10B981", "#60A5FA", "#A78BFA", "#FBBF24", "#34D399", "#F87171", "#94A3B8",
] as const;

/** The contrast that shapes need on the dark theme to be told from what is behind them. Source: WCAG 2.1, 1.4.11. */
const leastContrastOnDark = 3;

type Channels = [red: number, green: number, blue: number];

/** @param hex `#RRGGBB`; anything else is a middle grey, so that nothing is drawn invisibly. */
function channels(hex: string): Channels {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex.trim())?.[1] ?? "94A3B8";
  return [0, 2, 4].map((start) => parseInt(digits.slice(start, start + 2), 16) / 255) as Channels;
}

/** Relative luminance, 0...1. Source: WCAG 2.1. */
function luminance(color: Channels): number {
  const [red, green, blue] = color.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (the same) ... 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(channels(one)), luminance(channels(other))].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function hslOf([red, green, blue]: Channels): Channels {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const range = most - least;
  const lightness = (most + least) / 2;
  if (range === 0) return [0, 0, lightness];
  const saturation = range / (1 - Math.abs(2 * lightness - 1));
  return [sixthOf([red, green, blue], most, range) * 60, saturation, lightness];
}

/** Where on the circle of hues a colour is, 0...6. */
function sixthOf([red, green, blue]: Channels, most: number, range: number): number {
  if (most === red) return ((green - blue) / range + 6) % 6;
  return most === green ? (blue - red) / range + 2 : (red - green) / range + 4;
}

function hexOf([hue, saturation, lightness]: Channels): string {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (shift: number): string => {
    const position = (shift + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(position - 3, 9 - position, 1));
    return Math.round(value * 255).toString(16).padStart(2, "0");
  };
  return `#${part(0)}${part(8)}${part(4)}`.toUpperCase();
}

/** The colour itself where it can be seen on a dark surface; else the same hue, as much lighter as it takes. */
export function visibleOnDark(color: string, surface: string): string {
  const [hue, saturation, lightness] = hslOf(channels(color));
  let lighter = hexOf([hue, saturation, lightness]);
  for (let step = lightness; contrast(lighter, surface) < leastContrastOnDark && step < 1; step += 0.01) {
    lighter = hexOf([hue, saturation, Math.min(1, step + 0.01)]);
  }
  return lighter;
}

/** `#209DD7` with an opacity of 0...1. */
export function translucent(color: string, opacity: number): string {
  const [red, green, blue] = channels(color).map((part) => Math.round(part * 255)) as Channels;
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
