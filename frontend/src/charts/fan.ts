/** How a projection is drawn: bands in which futures lie, the middle one, and the year in which retirement begins. */
import type { ChartConfiguration, ChartOptions, Plugin } from "chart.js";
import type { ProjectionYear } from "../api/types";
import { roundMoney } from "../format/numbers";
import { translucent } from "./colors";
import { amountAxis, fontOf, tooltipLook } from "./configurations";
import type { Look } from "./look";

export const bandColor = "#209DD7";
const markColor = "#753991";
/** Wide band and, on top of it, the narrow one. */
export const bandOpacities = { wide: 0.2, narrow: 0.36 } as const;

export const yearsPerRow = 5;

/** Rows of the short table: every fifth year, the one in which retirement begins, and the last. */
export function notableYears(years: readonly ProjectionYear[], retirementYear: number): ProjectionYear[] {
  return years.filter(({ year_offset }, index) =>
    year_offset % yearsPerRow === 0 || year_offset === retirementYear || index === years.length - 1);
}

/** `Now`, `Year 20`: how far from today. */
export function offsetText(offset: number): string {
  return offset === 0 ? "Now" : `Year ${offset}`;
}

export function fanConfiguration(years: readonly ProjectionYear[], retirementYear: number, look: Look): ChartConfiguration {
  const blue = look.colorOf(bandColor, 0);
  const edge = (key: "p10" | "p25" | "p75" | "p90", fill?: { target: number; opacity: number }): object => ({
    label: key, data: years.map((year) => year[key]), borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, tension: 0.15,
    ...(fill ? { fill: { target: fill.target }, backgroundColor: translucent(blue, fill.opacity) } : { fill: false }),
  });
  return {
    type: "line",
    data: {
      labels: years.map(({ year_offset }) => offsetText(year_offset)),
      datasets: [
        edge("p10"), edge("p90", { target: 0, opacity: bandOpacities.wide }),
        edge("p25"), edge("p75", { target: 2, opacity: bandOpacities.narrow }),
        {
          label: "p50", data: years.map(({ p50 }) => p50), borderColor: blue, backgroundColor: blue, borderWidth: 3,
          pointRadius: 0, pointHoverRadius: 5, tension: 0.15, fill: false,
        },
      ] as ChartConfiguration<"line">["data"]["datasets"],
    },
    options: {
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 22 } },
      scales: { x: yearAxis(years, look), y: amountAxis(look, "dollars") },
      plugins: { tooltip: tooltip(years, look) },
    } as ChartOptions,
    plugins: [retirementMark(years.findIndex(({ year_offset }) => year_offset === retirementYear), look)],
  };
}

/** Every fifth year, every tenth of a long life. */
function yearAxis(years: readonly ProjectionYear[], look: Look): object {
  const step = years.length > 61 ? 2 * yearsPerRow : yearsPerRow;
  return {
    grid: { display: false, drawBorder: false },
    title: { display: true, text: "Years from now", color: look.quietText, font: fontOf(look) },
    ticks: {
      color: look.quietText, font: fontOf(look), autoSkip: false, maxRotation: 0,
      callback: (_: unknown, index: number) => {
        const offset = years[index]?.year_offset ?? index;
        if (offset % step !== 0) return null;
        return offset === 0 ? "Now" : String(offset);
      },
    },
  };
}

const tooltipTitles = {
  p90: "One in ten has more than", p75: "One in four has more than", p50: "The middle future", p25: "One in four has less than",
  p10: "One in ten has less than",
};

const percentiles = ["p90", "p75", "p50", "p25", "p10"] as const;

function tooltip(years: readonly ProjectionYear[], look: Look): object {
  return {
    ...tooltipLook(look), titleFont: fontOf(look, 13), bodyFont: fontOf(look, 13), displayColors: false,
    // One item is enough: its label tells of all five.
    filter: ({ datasetIndex }: { datasetIndex: number }) => datasetIndex === 4,
    callbacks: {
      label: ({ dataIndex }: { dataIndex: number }) => {
        const year = years[dataIndex];
        if (!year) return "";
        return percentiles.map((key) => `${tooltipTitles[key]}: ${roundMoney(year[key])}`);
      },
    },
  };
}

/** A dashed line with its words, drawn over the bands. */
function retirementMark(index: number, look: Look): Plugin {
  return {
    id: "retirement-mark",
    afterDatasetsDraw(chart) {
      const x = index < 0 ? undefined : chart.scales["x"]?.getPixelForValue(index);
      if (x === undefined) return;
      const { ctx, chartArea } = chart;
      ctx.save();
      ctx.strokeStyle = look.colorOf(markColor, 0);
      ctx.lineWidth = 2;
      ctx.setLineDash([5, 4]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.fillStyle = look.text;
      ctx.font = `600 12px ${look.font}`;
      const text = "Retirement begins";
      const half = ctx.measureText(text).width / 2;
      ctx.textAlign = "center";
      ctx.fillText(text, Math.min(Math.max(x, chartArea.left + half), chartArea.right - half), chartArea.top - 8);
      ctx.restore();
    },
  };
}
