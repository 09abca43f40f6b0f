import { useEffect, useRef, useState } from "react";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatCount } from "../../lib/format";
import { type ChartRow, chartRows, runMetrics } from "../../store/metrics";
import styles from "./loss-chart.module.css";

/** Both series together; recharts' cost grows with the points. */
const TRAINING_POINTS = 500;
const VALIDATION_POINTS = 200;

function currentRows(): ChartRow[] {
  return chartRows(
    runMetrics.training.view(TRAINING_POINTS),
    runMetrics.validation.view(VALIDATION_POINTS),
  );
}

/** The losses over the steps. Redrawn at most twice a second, and only while it is on screen. */
export default function LossChart() {
  const box = useRef<HTMLDivElement>(null);
  const rows = useRowsOnScreen(box);
  return (
    <figure className={styles.figure} aria-label="Loss chart">
      <figcaption className={styles.legend}>
        <span className={styles.training}>Training loss</span>
        <span className={styles.validation}>Validation loss (held-out stories)</span>
      </figcaption>
      <div ref={box} className={styles.chart} aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart
            data={rows}
            margin={{ top: 8, right: 12, bottom: 18, left: 4 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              dataKey="step"
              type="number"
              domain={[0, "auto"]}
              tickCount={6}
              allowDecimals={false}
              tickFormatter={formatCount}
              stroke="var(--line-strong)"
              tick={{ fill: "var(--ink-soft)", fontSize: 12 }}
              minTickGap={40}
              label={{
                value: "optimizer steps",
                position: "insideBottom",
                offset: -12,
                fill: "var(--ink-soft)",
                fontSize: 12,
              }}
            />
            <YAxis
              width={52}
              domain={["auto", "auto"]}
              tickFormatter={(loss: number) => String(Number(loss.toFixed(2)))}
              stroke="var(--line-strong)"
              tick={{ fill: "var(--ink-soft)", fontSize: 12 }}
              label={{
                value: "loss (nats a token)",
                angle: -90,
                position: "insideLeft",
                offset: 8,
                style: { textAnchor: "middle" },
                fill: "var(--ink-soft)",
                fontSize: 12,
              }}
            />
            <Tooltip
              isAnimationActive={false}
              labelFormatter={(step) => `Step ${formatCount(Number(step))}`}
              formatter={(loss) => Number(loss).toFixed(3)}
              contentStyle={{
                background: "var(--surface)",
                border: "1px solid var(--line-strong)",
                borderRadius: 8,
                color: "var(--ink)",
              }}
            />
            <Line
              dataKey="training"
              name="Training"
              stroke="var(--accent)"
              strokeWidth={1.5}
              dot={false}
              connectNulls
              isAnimationActive={false}
            />
            <Line
              dataKey="validation"
              name="Validation"
              stroke="var(--second)"
              strokeWidth={2}
              dot={{ r: 3, fill: "var(--second)", strokeWidth: 0 }}
              connectNulls
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <ValidationTable />
    </figure>
  );
}

/** Takes the rows anew with each update of the metrics, but not while the chart cannot be seen. */
function useRowsOnScreen(box: React.RefObject<HTMLDivElement | null>): ChartRow[] {
  const [rows, setRows] = useState(currentRows);
  useEffect(() => {
    let seen = true;
    const update = () => {
      if (seen && !document.hidden) setRows(currentRows());
    };
    const observer = new IntersectionObserver(([entry]) => {
      seen = entry?.isIntersecting ?? true;
      update();
    });
    if (box.current) observer.observe(box.current);
    document.addEventListener("visibilitychange", update);
    const unsubscribe = runMetrics.subscribe(update);
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", update);
      unsubscribe();
    };
  }, [box]);
  return rows;
}

/** The chart for those who do not see it: the validation losses as a table. */
function ValidationTable() {
  const rows = runMetrics.validation.view(12);
  if (rows.length === 0) return null;
  return (
    <table className="sr-only">
      <caption>Validation loss in nats a token</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Loss</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ step, value }) => (
          <tr key={step}>
            <td>{step}</td>
            <td>{value.toFixed(3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
