/** The run's measurements as files for other tools: all of them, at full precision. */
import { Pace } from "../lib/pace";
import type { RunTables } from "./metrics";
import { axes, type RunTable } from "./run-table";
import type { RunOnPage } from "./studio";

/** Rows that are written without looking at the clock. */
const ROWS = 500;

/** `step,tokens,…` and a line for each row (RFC 4180); empty where a value is not finite. */
export async function csvFile(table: RunTable<string>, name: string): Promise<File> {
  const pace = new Pace<number>("Writing the file", {});
  const columns = columnsOf(table);
  const parts = [`${columns.map(([name]) => name).join()}\r\n`];
  const { length } = table;
  for (let start = 0; start < length; start += ROWS) {
    let part = "";
    for (let row = start; row < Math.min(start + ROWS, length); row++) {
      part += `${columns.map(([, values]) => cell(values.at(row))).join()}\r\n`;
    }
    parts.push(part);
    if (pace.due) await pace.breathe(start);
  }
  return new File(parts, name, { type: "text/csv" });
}

function cell(value: number): string {
  return Number.isFinite(value) ? String(value) : "";
}

/** One object: what the run is, and a list for each column of its measurements (null where not finite). */
export async function jsonFile(run: RunOnPage, tables: RunTables, name: string): Promise<File> {
  const pace = new Pace<number>("Writing the file", {});
  const { title, model, training, parameters, flopsPerToken, corpus } = run;
  const head = { format: "storyloom-run", version: 1, title, text: corpus?.name ?? null };
  const json = JSON.stringify({ ...head, model, training, parameters, flopsPerToken }, null, 2);
  const parts = [json.slice(0, -2)];
  for (const key of ["points", "evaluations"] as const) {
    const columns = columnsOf(tables[key]);
    const { length } = tables[key];
    parts.push(`,\n  "${key}": {`);
    for (const [index, [column, values]] of columns.entries()) {
      parts.push(`${index > 0 ? "," : ""}\n    "${column}": [`);
      for (let start = 0; start < length; start += ROWS) {
        const some = Array.from(
          { length: Math.min(ROWS, length - start) },
          // JSON has no NaN; `stringify` writes null for it.
          (_, row) => values.at(start + row),
        );
        parts.push(`${start > 0 ? "," : ""}${JSON.stringify(some).slice(1, -1)}`);
        if (pace.due) await pace.breathe(start);
      }
      parts.push("]");
    }
    parts.push("\n  }");
  }
  parts.push("\n}\n");
  return new File(parts, name, { type: "application/json" });
}

function columnsOf(table: RunTable<string>) {
  return [
    ...axes.map((axis) => [axis, table.axes[axis]] as const),
    ...table.metrics.map((metric) => [metric, table.series[metric]!.values] as const),
  ];
}
