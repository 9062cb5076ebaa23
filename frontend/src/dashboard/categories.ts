/** The categories targets can be set for; their names are those of the API. A test compares them with it. */
import type { Comparison, Portfolio } from "../api/types";

export type TargetKind = keyof Portfolio["targets"];
export type AllocationKind = keyof Portfolio["allocations"];

export const categories: Record<TargetKind, readonly string[]> = {
  asset_class: ["equity", "fixed_income", "real_estate", "commodities", "cash", "alternatives"],
  region: [
    "north_america", "europe", "asia", "latin_america", "africa", "middle_east", "oceania", "global", "international",
  ],
};

/** `fixed_income` -> `Fixed Income`, as the API writes titles. */
export function categoryTitle(category: string): string {
  return category.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

/** What is not classified: grey, for it is no category. */
export const unclassifiedColor = "#94A3B8";

/** Differences below this are none. */
const smallestDifferencePoints = 0.05;

/** How a share stands to its target, in words: the sign is never alone. */
export function standing({ difference_points }: Pick<Comparison, "difference_points">): "above" | "below" | "on" {
  if (Math.abs(difference_points) < smallestDifferencePoints) return "on";
  return difference_points > 0 ? "above" : "below";
}
