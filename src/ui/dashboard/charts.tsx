import { chartIds } from "../../store/chart-specs";
import { More } from "../kit/more";
import { Chart } from "./chart";
import { ChartToolbar } from "./chart-toolbar";
import styles from "./charts.module.css";

/** The charts of the run: the loss large, the others below it. */
export default function Charts() {
  return (
    <div className={styles.charts}>
      <ChartToolbar />
      <Chart id="loss" large />
      <More title="More charts" open>
        <div className={styles.grid}>
          {chartIds
            .filter((id) => id !== "loss")
            .map((id) => (
              <Chart key={id} id={id} />
            ))}
        </div>
      </More>
    </div>
  );
}
