/** How the parts of a study are said. */
import type { Difference, Fix } from "../../api/study";
import { count, percent, percentPoints, quantity, roundMoney } from "../../format/numbers";

/** What each part is, in a sentence or two. */
export const sentences = {
  safe: (goal: string) => `The yearly income, in today's money, that ${goal} of the simulated futures pay to the end.`,
  fixes: (goal: string) =>
    `The smallest change of each kind, by itself, that brings the plan to ${goal}, on the same random numbers.`,
  autopsy: (failing: number, paths: number) =>
    `${count(failing, "simulated future")} of ${quantity(paths)} cannot pay the income to the end; each is counted once, `
    + "under its main cause.",
  differences: "The same plan with one assumption changed at a time, on the same random numbers wherever there are any: so far "
    + "may other calculators be from this one.",
  history: (first: number, last: number) =>
    `The same plan in every stretch of years of its length between ${first} and ${last}, beside the simulation. There are few `
    + "of them and they overlap, so they prove less than their number suggests.",
  disclosures: "Where neither you nor the figures decide, Alex has chosen, and says so.",
  strategies: "The same simulated futures under other rules for how much is taken each year. A rule that adapts lasts longer, "
    + "at the price of leaner years.",
};

/** `$4,800 a year`, `1 year and 2 months`: how much of a change. */
export function changeWords(unit: Fix["unit"], change: number): string {
  if (unit !== "months") return `${roundMoney(change)} a year`;
  const [years, months] = [Math.floor(change / 12), change % 12];
  if (years === 0) return count(months, "month");
  return count(years, "year") + (months > 0 ? ` and ${count(months, "month")}` : "");
}

/** What a fix comes to: its figure, and the sentence below it. */
export function fixWords({ status, unit, value, tried, success_percent: success }: Fix): { figure: string; note: string } {
  const reached = success === undefined ? "" : `${percent(success)} of the futures`;
  switch (status) {
    case "already_met": return { figure: "Nothing", note: "The plan meets the goal as it is." };
    case "change": return {
      figure: changeWords(unit, value ?? 0),
      note: reached === "" ? "That is enough." : `Then ${reached} pay the income to the end.`,
    };
    case "cannot_be_met": return {
      figure: "Not enough",
      note: `Even ${changeWords(unit, tried ?? 0)} does not reach the goal${reached === "" ? "." : `: only ${reached} would.`}`,
    };
  }
}

/** `↑ +3.2 points`: the way it goes, as a sign too. */
export function differenceWords({ points }: Pick<Difference, "points">): string {
  if (Math.abs(points) < 0.05) return "= no difference";
  return `${points > 0 ? "↑" : "↓"} ${percentPoints(points)}`;
}

/** `1929, 1930, 1937 and 12 others`: the first of them, so that a line stays a line. */
export function yearsWords(years: readonly number[], most = 8): string {
  if (years.length <= most) return years.join(", ");
  return `${years.slice(0, most).join(", ")} and ${count(years.length - most, "other")}`;
}

/** A title in the middle of a sentence, as one of its own. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
