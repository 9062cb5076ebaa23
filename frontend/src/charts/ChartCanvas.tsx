import type { ChartConfiguration } from "chart.js";
import { useEffect, useRef } from "react";
import { Chart } from "./library";
import { Look, useLook, wantsMotion } from "./look";

interface ChartCanvasProps {
  /** Called again for every look; a new function is a new drawing, so it is to be kept (`useMemo`). */
  configuration: (look: Look) => ChartConfiguration;
  /** Pixels. */
  height: number;
}

const arrivalMilliseconds = 350;

/** A drawing for the eye; what it says is beside it in words and numbers. */
export function ChartCanvas({ configuration, height }: ChartCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const hasArrived = useRef(false);
  const look = useLook();
  useEffect(() => {
    if (!canvas.current) return undefined;
    const { options, ...rest } = configuration(look);
    const moves = wantsMotion() && !hasArrived.current && look.ground !== "paper";
    const chart = new Chart(canvas.current, {
      ...rest,
      options: {
        ...options, responsive: true, maintainAspectRatio: false,
        animation: moves ? { duration: arrivalMilliseconds } : false,
      },
    });
    hasArrived.current = true;
    return () => chart.destroy();
  }, [configuration, look]);
  return (
    <div className="chart-canvas" style={{ height }}>
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}
