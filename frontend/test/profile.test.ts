import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { User } from "../src/api/types";
import { categories, categoryTitle, standing } from "../src/dashboard/categories";
import { changedFields, draftOf, mostYears, profileChange, profileProblems } from "../src/dashboard/profile";
import { targetsOf, targetSum, textsOf } from "../src/dashboard/targets";

const user: User = {
  clerk_user_id: "user_1", display_name: "Ada", years_until_retirement: 20, target_retirement_income: "80000",
  asset_class_targets: { equity: 70, fixed_income: 30 }, region_targets: { north_america: 50, international: 50 },
  birth_year: null, retirement_years: null, yearly_contribution: "10000.5",
};
const draft = draftOf(user);
const thisYear = 2026;

test("targets sum up as they are typed", () => {
  assert.equal(targetSum({ equity: "70", cash: "30" }).sentence, "Sum 100%: complete.");
  assert.equal(targetSum({ equity: "70", cash: "25" }).sentence, "Sum 95%: 5 points are missing.");
  assert.equal(targetSum({ equity: "70", cash: "31" }).sentence, "Sum 101%: 1 point is too much.");
  assert.equal(targetSum({ equity: "0.1", cash: "0.2" }).sentence, "Sum 0.3%: 99.7 points are missing.");
  assert.equal(targetSum({ equity: "", cash: "" }).sumPercent, 0);
});

test("thirds make a whole, for the API takes them", () => {
  assert(targetSum({ a: "33.33", b: "33.33", c: "33.33" }).isWhole);
  assert(!targetSum({ a: "99.9" }).isWhole);
});

test("an input that cannot be read makes no sum", () => {
  for (const text of ["-10", "abc", "101", ".", "1e1"]) {
    const { sumPercent, isWhole, sentence } = targetSum({ equity: text, cash: "100" });
    assert.equal(sumPercent, undefined, text);
    assert(!isWhole);
    assert.equal(sentence, "Every share must be a number from 0 to 100.");
  }
});

test("categories without a share are not sent", () => {
  assert.deepEqual(targetsOf({ equity: "60", cash: "0", other: "" }), { equity: 60 });
  assert.deepEqual(textsOf({ equity: 60.5 }, ["equity", "cash"]), { equity: "60.5", cash: "0" });
});

test("nothing has changed at first", () => {
  assert.deepEqual(changedFields(user, draft), []);
  assert.deepEqual(profileChange(user, draft), {});
});

test("only changed fields are sent", () => {
  const edited = { ...draft, display_name: " Ada L. ", target_retirement_income: "$90,000.50" };
  assert.deepEqual(profileChange(user, edited), { display_name: "Ada L.", target_retirement_income: "90000.50" });
});

test("the same value written in another way is no change", () => {
  const edited = {
    ...draft, display_name: "Ada ", target_retirement_income: "80000.00", yearly_contribution: "10,000.50",
    asset_class_targets: { ...draft.asset_class_targets, equity: "70.0", cash: "" },
  };
  assert.deepEqual(changedFields(user, edited), []);
});

test("optional fields are emptied by null", () => {
  const known = { ...user, birth_year: 1980 };
  const edited = { ...draftOf(known), birth_year: " ", yearly_contribution: "" };
  assert.deepEqual(profileChange(known, edited), { birth_year: null, yearly_contribution: null });
});

test("targets are sent as a whole", () => {
  const edited = { ...draft, asset_class_targets: { ...draft.asset_class_targets, equity: "60", cash: "10" } };
  assert.deepEqual(profileChange(user, edited), { asset_class_targets: { equity: 60, fixed_income: 30, cash: 10 } });
});

test("what cannot be saved is told field by field", () => {
  const edited = {
    ...draft, display_name: " ", target_retirement_income: "much", birth_year: "2030", yearly_contribution: "1.234",
    retirement_years: "71",
    region_targets: { ...draft.region_targets, europe: "10" },
  };
  assert.deepEqual(profileProblems(user, edited, thisYear), {
    display_name: "Write a name.", target_retirement_income: "Write a number such as 1,250.5, without a sign.",
    birth_year: "Write a year from 1900 to 2026, or nothing.", yearly_contribution: "Write at most 2 decimals.",
    retirement_years: "Write 1 to 70 years, or nothing.",
    region_targets: "Sum 110%: 10 points are too much. The shares must sum to 100%.",
  });
});

test("what is stored and not touched is not judged", () => {
  const odd = { ...user, birth_year: 2090, display_name: "" };
  assert.deepEqual(profileProblems(odd, draftOf(odd), thisYear), {});
});

test("a stored value beyond the slider's usual end is neither cut nor sent", () => {
  const late = { ...user, years_until_retirement: 73 };
  assert.equal(mostYears(late), 73);
  assert.equal(mostYears(user), 50);
  assert.deepEqual(profileChange(late, { ...draftOf(late), display_name: "B" }), { display_name: "B" });
});

test("differences are told in words", () => {
  assert.equal(standing({ difference_points: 12 }), "above");
  assert.equal(standing({ difference_points: -0.06 }), "below");
  assert.equal(standing({ difference_points: 0.04 }), "on");
});

test("the categories are those of the API", () => {
  const source = readFileSync(`${process.cwd()}/../Sources/Finance/Allocation/Categories.swift`, "utf8");
  for (const [kind, type] of [["asset_class", "AssetClass"], ["region", "Region"]] as const) {
    const body = new RegExp(`enum ${type}: String, AllocationCategory \\{([^}]*)\\}`).exec(source)?.[1] ?? "";
    const found = [...body.matchAll(/case (\w+)(?: = "(\w+)")?/g)].map(([, name, raw]) => raw ?? name);
    assert.deepEqual(categories[kind], found);
  }
  assert.equal(categoryTitle("fixed_income"), "Fixed Income");
});
