/** How moments and durations are written, in the visitor's language and time zone. */
import { unknown } from "./numbers";

const language = typeof navigator === "undefined" ? "en-US" : navigator.language;
const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const days = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
/** Dates without a time belong to no time zone. */
const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

const millisecondsPerDay = 86_400_000;

export function moment(text: string | null | undefined): string {
  return text ? moments.format(new Date(text)) : unknown;
}

export function day(text: string | null | undefined): string {
  return text ? days.format(new Date(text)) : unknown;
}

/** @param text `2026-11-27` */
export function calendarDate(text: string | null | undefined): string {
  return text ? dates.format(new Date(`${text}T00:00:00Z`)) : unknown;
}

/** `today`, `3 days ago`, `2 years ago`. */
export function age(text: string, now: Date = new Date()): string {
  const passed = Math.max(0, Math.floor((now.getTime() - new Date(text).getTime()) / millisecondsPerDay));
  if (passed < 60) return relative.format(-passed, "day");
  if (passed < 730) return relative.format(-Math.round(passed / 30.44), "month");
  return relative.format(-Math.round(passed / 365.25), "year");
}

/** `0.07 s`, `12 s`, `3 min 5 s`. */
export function seconds(value: number): string {
  if (value < 10) return `${value.toFixed(value < 1 ? 2 : 1)} s`;
  if (value < 60) return `${Math.round(value)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
