import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { renderToStaticMarkup } from "react-dom/server";
import { ChartFigure } from "../src/charts/ChartFigure";
import { contrast, palette, translucent, visibleOnDark } from "../src/charts/colors";
import { fanConfiguration, notableYears } from "../src/charts/fan";
import { FanChart, fanSentence } from "../src/charts/FanChart";
import type { Look } from "../src/charts/look";
import { shares } from "../src/charts/points";
import { projection } from "./sampleJob";

const darkSurface = "#0e2140";

test("every colour of the palette can be seen on the dark theme", () => {
  assert(contrast("#062147", darkSurface) < 1.5);
  for (const color of palette) assert(contrast(visibleOnDark(color, darkSurface), darkSurface) >= 3, color);
});

test("a colour that can be seen stays as it is", () => {
  assert.equal(visibleOnDark("#FFB707", darkSurface), "#FFB707");
});

test("colours that were different stay different", () => {
  assert.equal(new Set(palette.map((color) => visibleOnDark(color, darkSurface))).size, palette.length);
});

test("what is no colour is drawn in grey and not left out", () => {
  assert.equal(visibleOnDark("red; x", darkSurface), "#94A3B8");
  assert.equal(translucent("", 0.5), "rgba(148, 163, 184, 0.5)");
});

test("shares add up to the whole", () => {
  assert.deepEqual(shares([{ name: "a", value: "75.00" }, { name: "b", value: 25 }]), [75, 25]);
});

test("there is no share of nothing, and none with negative parts", () => {
  assert.deepEqual(shares([{ name: "a", value: 0 }]), [null]);
  assert.deepEqual(shares([{ name: "a", value: 10 }, { name: "b", value: -5 }]), [null, null]);
});

test("a chart is a heading, a sentence and a table beside its drawing", () => {
  const text = renderToStaticMarkup(
    <ChartFigure title="Accounts" kind="pie" description="By account." points={[{ name: "Roth & co", value: "300.5" }]} />);
  assert.match(text, /<h3[^>]*>Accounts<\/h3>/);
  assert.match(text, /<canvas aria-hidden="true">/);
  assert.match(text, /<figcaption[^>]*>By account\.<\/figcaption>/);
  assert.match(text, /<th scope="row">Roth &amp; co<\/th><td class="right">\$300\.50<\/td><td class="right">100\.0%<\/td>/);
});

test("a line has values and no shares", () => {
  const text = renderToStaticMarkup(
    <ChartFigure title="Projection" kind="line" description="-" points={[{ name: "Year 0", value: 10 }]} />);
  assert.match(text, /\$10\.00/);
  assert.doesNotMatch(text, /Share|100\.0%/);
});

test("a chart of nothing says so", () => {
  const text = renderToStaticMarkup(<ChartFigure title="Sectors" kind="bar" description="-" points={[]} />);
  assert.match(text, /nothing to draw/);
  assert.doesNotMatch(text, /<canvas|<table/);
});

const look: Look = {
  ground: "light", text: "#000000", quietText: "#333333", line: "#dddddd", surface: "#ffffff", font: "Inter",
  colorOf: (color) => color ?? "#209DD7",
};

test("the short table has every fifth year, the one in which retirement begins, and the last", () => {
  const offsets = notableYears(projection({ retirementYear: 7, lastYear: 12 }).years, 7).map(({ year_offset }) => year_offset);
  assert.deepEqual(offsets, [0, 5, 7, 10, 12]);
});

test("a projection is two bands and a line, and the year of retirement is marked", () => {
  const { years } = projection({ retirementYear: 7, lastYear: 12 });
  const { data, plugins } = fanConfiguration(years, 7, look);
  assert.deepEqual(data.datasets.map(({ label }) => label), ["p10", "p90", "p25", "p75", "p50"]);
  assert.deepEqual(data.datasets[4]?.data, years.map(({ p50 }) => p50));
  assert.equal(plugins?.length, 1);
});

test("the sentence says when half of the futures have nothing left", () => {
  const emptied = projection({ retirementYear: 2, lastYear: 6, emptyFrom: 5 });
  assert.match(fanSentence(emptied), /^Retirement begins in 2 years with .* From year 5 on, half of them have nothing left\./);
});

test("the sentence says what half of the futures keep", () => {
  const text = fanSentence(projection({ retirementYear: 0, lastYear: 3 }));
  assert.match(text, /^Retirement begins now .* at least \$130,000 left at the end/);
});

test("a projection is also a table with the phases in words", () => {
  const text = renderToStaticMarkup(<FanChart title="Savings" projection={projection({ retirementYear: 5, lastYear: 10 })} />);
  assert.match(text, /<th scope="row">Now<\/th><td>Saving<\/td>/);
  assert.match(text, /<th scope="row">Year 5<\/th><td>Retirement begins<\/td>/);
  assert.match(text, /<th scope="row">Year 10<\/th><td>Retired<\/td>/);
  assert.doesNotMatch(text, /Year 3</);
});

test("the site carries only the kinds of charts that it draws", () => {
  const folder = `${process.cwd()}/out/assets`;
  const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const scripts = names.map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  const isCarried = (kind: string): boolean => scripts.some((text) => text.includes(`.id="${kind}"`));
  for (const kind of ["doughnut", "bar", "line", "linear", "category"]) assert(isCarried(kind), kind);
  for (const kind of ["timeseries", "radialLinear", "polarArea", "logarithmic"]) assert(!isCarried(kind), kind);
});
