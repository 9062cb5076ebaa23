/** How each kind of chart is drawn: pure, from points and a look to what Chart.js takes. */
import type { ChartConfiguration, ChartOptions, TooltipOptions } from "chart.js";
import type { ChartKind } from "../api/types";
import type { Look } from "./look";
import { axisText, Point, shares, Unit, valueAndShare } from "./points";

/** Longer names are cut on an axis; tooltip, legend and table have them in full. */
const mostAxisCharacters = 18;

interface Drawing {
  kind: ChartKind;
  points: readonly Point[];
  unit: Unit;
  /** Whether the points are parts of a whole. */
  isWhole: boolean;
}

export function configuration(drawing: Drawing, look: Look): ChartConfiguration {
  switch (drawing.kind) {
    case "pie": return round(drawing, look, "0%");
    case "donut": return round(drawing, look, "62%");
    case "bar": return bars(drawing, look, "x");
    case "horizontalBar": return bars(drawing, look, "y");
    case "line": return line(drawing, look);
  }
}

/** The looks that all tooltips share. */
export function tooltipLook(look: Look): Pick<TooltipOptions,
  "backgroundColor" | "titleColor" | "bodyColor" | "borderColor" | "borderWidth" | "padding" | "cornerRadius" | "boxPadding"> {
  return {
    backgroundColor: look.surface, titleColor: look.text, bodyColor: look.text, borderColor: look.quietText, borderWidth: 1,
    padding: 10, cornerRadius: 8, boxPadding: 4,
  };
}

export function fontOf(look: Look, size = 12): { family: string; size: number } {
  return { family: look.font, size };
}

function tooltip(drawing: Drawing, look: Look, isNamed: boolean): NonNullable<ChartOptions["plugins"]> {
  const parts = drawing.isWhole ? shares(drawing.points) : [];
  return {
    tooltip: {
      ...tooltipLook(look), titleFont: fontOf(look, 13), bodyFont: fontOf(look, 13), displayColors: isNamed,
      callbacks: {
        title: (items) => (isNamed ? "" : drawing.points[items[0]?.dataIndex ?? 0]?.name ?? ""),
        label: ({ dataIndex }) => {
          const point = drawing.points[dataIndex];
          if (!point) return "";
          const text = valueAndShare(point.value, parts[dataIndex], drawing.unit);
          return isNamed ? ` ${point.name}: ${text}` : text;
        },
      },
    },
  };
}

function round(drawing: Drawing, look: Look, cutout: string): ChartConfiguration {
  const { points } = drawing;
  return {
    type: "doughnut",
    data: {
      labels: points.map(({ name }) => name),
      datasets: [{
        // A pie has no place for what is less than nothing; the table shows it.
        data: points.map(({ value }) => Math.max(0, Number(value))),
        backgroundColor: points.map(({ color }, index) => look.colorOf(color, index)),
        borderColor: look.surface, borderWidth: 2, hoverOffset: 6,
      }],
    },
    options: { cutout, layout: { padding: 8 }, plugins: tooltip(drawing, look, true) } as ChartOptions,
  };
}

function shortened(name: string): string {
  return name.length > mostAxisCharacters ? `${name.slice(0, mostAxisCharacters - 1)}…` : name;
}

function bars(drawing: Drawing, look: Look, indexAxis: "x" | "y"): ChartConfiguration {
  const { points, unit } = drawing;
  const amounts = amountAxis(look, unit);
  const names = {
    grid: { display: false, drawBorder: false },
    ticks: {
      color: look.text, font: fontOf(look), autoSkip: false, maxRotation: 60,
      callback: (_: unknown, index: number) => shortened(points[index]?.name ?? ""),
    },
  };
  return {
    type: "bar",
    data: {
      labels: points.map(({ name }) => name),
      datasets: [{
        data: points.map(({ value }) => Number(value)),
        backgroundColor: points.map(({ color }, index) => look.colorOf(color, index)),
        borderRadius: 4, maxBarThickness: 44, categoryPercentage: 0.86, barPercentage: 0.86,
      }],
    },
    options: {
      indexAxis, plugins: tooltip(drawing, look, false),
      scales: indexAxis === "x" ? { x: names, y: amounts } : { x: amounts, y: names },
    } as ChartOptions,
  };
}

/** The axis with the amounts, from zero. */
export function amountAxis(look: Look, unit: Unit): object {
  return {
    beginAtZero: true,
    grid: { color: look.line, drawBorder: false, drawTicks: false },
    ticks: {
      color: look.quietText, font: fontOf(look), maxTicksLimit: 6, padding: 8, maxRotation: 0,
      callback: (value: string | number) => axisText(value, unit),
    },
  };
}

/** The axis with the steps of time. */
export function timeAxis(look: Look, textAt: (index: number) => string): object {
  return {
    grid: { display: false, drawBorder: false },
    ticks: {
      color: look.quietText, font: fontOf(look), autoSkip: true, maxTicksLimit: 9, maxRotation: 0,
      callback: (_: unknown, index: number) => textAt(index),
    },
  };
}

function line(drawing: Drawing, look: Look): ChartConfiguration {
  const { points, unit } = drawing;
  const colors = points.map(({ color }) => look.colorOf(color, 0));
  return {
    type: "line",
    data: {
      labels: points.map(({ name }) => name),
      datasets: [{
        data: points.map(({ value }) => Number(value)),
        borderColor: colors[0] ?? look.text, borderWidth: 2.5, pointBackgroundColor: colors, pointBorderColor: colors,
        pointRadius: points.length > 20 ? 0 : 3, pointHoverRadius: 5, tension: 0.2,
        // Each piece has the colour of the point it leads to: saving, then retirement.
        segment: { borderColor: ({ p1DataIndex }: { p1DataIndex: number }) => colors[p1DataIndex] },
      }],
    },
    options: {
      interaction: { mode: "index", intersect: false }, plugins: tooltip(drawing, look, false),
      scales: { x: timeAxis(look, (index) => points[index]?.name ?? ""), y: amountAxis(look, unit) },
    } as ChartOptions,
  };
}
