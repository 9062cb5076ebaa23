/** As much of Chart.js as Alex draws with; the rest stays out of the bundle. */
import {
  ArcElement, BarController, BarElement, CategoryScale, Chart, DoughnutController, Filler, LinearScale, LineController,
  LineElement, PointElement, Tooltip,
} from "chart.js";

Chart.register(
  ArcElement, BarController, BarElement, CategoryScale, DoughnutController, Filler, LinearScale, LineController,
  LineElement, PointElement, Tooltip);

export { Chart };
