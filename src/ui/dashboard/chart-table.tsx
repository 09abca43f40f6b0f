import { formatCount } from "../../lib/format";
import { formatPlace } from "../../store/chart-data";
import styles from "./chart-table.module.css";
import type { Drawing } from "./use-chart-data";

/** What the chart shows as a table, the newest first. */
export function ChartTable({ data }: Pick<Drawing, "data">) {
  const { spec, view, rows, measured, shown } = data;
  const { second } = spec;
  const [from, to] = view.range;
  const within = rows.filter((row) => row[view.axis] >= from && row[view.axis] <= to).reverse();
  const [first] = spec.lines;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must for the keyboard too
    <section className={styles.box} tabIndex={0} aria-label={`${spec.title} as a table`}>
      <table className={styles.table}>
        <caption>
          {spec.title} ({spec.unit}).{" "}
          {shown < measured
            ? `${formatCount(shown)} of ${formatCount(measured)} measurements: the lowest and the highest of each stretch. Zoom in for all of them.`
            : `All ${formatCount(measured)} measurements of this part.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Tokens</th>
            <th scope="col">Time</th>
            {spec.lines.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            {second && <th scope="col">GFLOP/s</th>}
          </tr>
        </thead>
        <tbody>
          {within.map((row) => (
            <tr key={row.step}>
              <th scope="row">{formatCount(row.step)}</th>
              <td>{formatPlace("tokens", row.tokens)}</td>
              <td>{formatPlace("seconds", row.seconds)}</td>
              {spec.lines.map(({ key }) => (
                <td key={key}>{key in row.values ? spec.format(row.values[key]!) : ""}</td>
              ))}
              {second && first && (
                <td>{second.format((row.values[first.key] ?? Number.NaN) * second.factor)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
