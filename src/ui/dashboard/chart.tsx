import { Table2 } from "lucide-react";
import { useId, useRef } from "react";
import { chartSpec } from "../../store/chart-specs";
import { type ChartId, toggleChart, useCharts } from "../../store/charts";
import { runFileName } from "../../store/plan";
import { currentStep } from "../../store/step";
import { showProblem, studio, useStudio } from "../../store/studio";
import { classes } from "../kit/classes";
import { download } from "../kit/download";
import styles from "./chart.module.css";
import { ChartTable } from "./chart-table";
import { lineLooks } from "./line-looks";
import { Plot } from "./plot";
import { PlotOverlay } from "./plot-overlay";
import { chartAsPng, chartAsSvg } from "./save-chart";
import { SaveMenu } from "./save-menu";
import { type Drawing, useChartData } from "./use-chart-data";

/** One chart with its title, legend and buttons; or the same as a table. */
export function Chart({ id, large = false }: { id: ChartId; large?: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useChartData(id, box);
  const title = useId();
  const asTable = useCharts((state) => Boolean(state.asTable[id]));
  const lossUnit = useCharts((state) => state.lossUnit);
  const flops = useStudio((state) => state.run?.flopsPerToken ?? 0);
  const spec = chartSpec(id, lossUnit, flops);
  return (
    <figure className={styles.figure} aria-labelledby={title}>
      <figcaption className={styles.head}>
        <h3 id={title} className={styles.title}>
          {spec.title} <span className={styles.unit}>{spec.unit}</span>
        </h3>
        <ChartButtons id={id} mayBeLogarithmic={spec.mayBeLogarithmic} box={box} />
      </figcaption>
      {spec.lines.length > 1 && <Legend lines={spec.lines} />}
      <div ref={box} className={classes(styles.box, large && styles.large)}>
        {drawing && drawing.width > 0 && <Content drawing={drawing} asTable={asTable} />}
      </div>
    </figure>
  );
}

function Content({ drawing, asTable }: { drawing: Drawing; asTable: boolean }) {
  const { data } = drawing;
  if (data.measured === 0) {
    return <p className={styles.empty}>Nothing was measured here yet.</p>;
  }
  if (asTable) return <ChartTable data={data} />;
  return (
    <>
      <div className={styles.plot} aria-hidden="true" data-testid="plot">
        <Plot {...drawing} />
      </div>
      <PlotOverlay {...drawing} />
    </>
  );
}

function Legend({ lines }: { lines: ReturnType<typeof chartSpec>["lines"] }) {
  return (
    <ul className={styles.legend}>
      {lines.map(({ key, label, look }) => (
        <li key={key}>
          <svg width="26" height="8" aria-hidden="true">
            <line x1="0" x2="26" y1="4" y2="4" {...lineLooks[look]} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

function ChartButtons({
  id,
  mayBeLogarithmic,
  box,
}: {
  id: ChartId;
  mayBeLogarithmic: boolean;
  box: React.RefObject<HTMLDivElement | null>;
}) {
  const asTable = useCharts((state) => Boolean(state.asTable[id]));
  const logarithmic = useCharts((state) => Boolean(state.logarithmic[id]));
  return (
    <div className={styles.buttons}>
      {mayBeLogarithmic && !asTable && (
        <button
          type="button"
          className={styles.button}
          aria-pressed={logarithmic}
          aria-label="Logarithmic scale"
          title="Logarithmic scale"
          onClick={() => toggleChart("logarithmic", id)}
        >
          log
        </button>
      )}
      <button
        type="button"
        className={styles.button}
        aria-pressed={asTable}
        aria-label="Show as a table"
        title="Show as a table"
        onClick={() => toggleChart("asTable", id)}
      >
        <Table2 size={16} aria-hidden="true" />
      </button>
      {!asTable && (
        <SaveMenu
          label="Save this chart"
          className={styles.button}
          items={[
            { label: "Picture (PNG)", onSave: () => void save(id, box.current, "png") },
            { label: "Drawing (SVG)", onSave: () => void save(id, box.current, "svg") },
          ]}
        />
      )}
    </div>
  );
}

async function save(id: ChartId, box: HTMLElement | null, kind: "png" | "svg"): Promise<void> {
  const chart = box?.querySelector<SVGSVGElement>("svg.recharts-surface");
  const { run } = studio.get();
  if (!chart || run === null) return;
  const spec = chartSpec(id, useCharts.getState().lossUnit, run.flopsPerToken);
  const name = runFileName(run.title, currentStep(), spec.title, kind);
  try {
    if (kind === "svg") download(chartAsSvg(chart, spec, name));
    else download(await chartAsPng(chart, spec, name));
  } catch (thrown) {
    showProblem("train", thrown);
  }
}
