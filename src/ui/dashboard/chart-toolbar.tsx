import { Slider } from "@base-ui/react/slider";
import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { ChevronLeft, ChevronRight, type LucideIcon, ZoomIn, ZoomOut } from "lucide-react";
import {
  chooseAxis,
  type LossUnit,
  panCharts,
  SMOOTHING_MAX,
  showWhole,
  smoothingBeta,
  useCharts,
  zoomCharts,
} from "../../store/charts";
import { runMetrics } from "../../store/metrics";
import { runFileName } from "../../store/plan";
import { csvFile, jsonFile } from "../../store/run-files";
import type { Axis } from "../../store/run-table";
import { currentStep } from "../../store/step";
import { type RunOnPage, showProblem, studio } from "../../store/studio";
import { download } from "../kit/download";
import styles from "./chart-toolbar.module.css";
import { SaveMenu } from "./save-menu";

/** What counts for all charts together. */
export function ChartToolbar() {
  return (
    <fieldset className={styles.toolbar} aria-label="All charts">
      <Choice
        label="Along the bottom"
        chosen={useCharts((state) => state.axis)}
        options={axisNames}
        onChoose={chooseAxis}
      />
      <Choice
        label="Loss as"
        chosen={useCharts((state) => state.lossUnit)}
        options={unitNames}
        onChoose={(lossUnit) => useCharts.setState({ lossUnit })}
      />
      <Smoothing />
      <ZoomButtons />
      <SaveMenu className={styles.button} items={runFiles}>
        Save run
      </SaveMenu>
    </fieldset>
  );
}

const axisNames: Record<Axis, string> = { step: "Steps", tokens: "Tokens", seconds: "Time" };
const unitNames: Record<LossUnit, string> = { nats: "Nats", perplexity: "Perplexity" };

function Choice<K extends string>({
  label,
  chosen,
  options,
  onChoose,
}: {
  label: string;
  chosen: K;
  options: Record<K, string>;
  onChoose: (key: K) => void;
}) {
  return (
    <ToggleGroup
      aria-label={label}
      className={styles.choice}
      value={[chosen]}
      // Pressing the chosen one again would leave none.
      onValueChange={([key]: K[]) => key !== undefined && onChoose(key)}
    >
      {(Object.keys(options) as K[]).map((key) => (
        <Toggle key={key} value={key} className={styles.option}>
          {options[key]}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}

function Smoothing() {
  const smoothing = useCharts((state) => state.smoothing);
  const text = describeSmoothing(smoothing);
  return (
    <Slider.Root
      className={styles.smoothing}
      value={smoothing}
      max={SMOOTHING_MAX}
      largeStep={5}
      onValueChange={(smoothing) => useCharts.setState({ smoothing })}
    >
      <Slider.Label>Smoothing</Slider.Label>
      <Slider.Control className={styles.control}>
        <Slider.Track className={styles.track}>
          <Slider.Indicator className={styles.indicator} />
          <Slider.Thumb className={styles.thumb} getAriaValueText={() => text} />
        </Slider.Track>
      </Slider.Control>
      <span className={styles.value}>{text}</span>
    </Slider.Root>
  );
}

/** β, and over how many steps it weighs: 1 / (1 − β) of them make up two thirds. */
function describeSmoothing(smoothing: number): string {
  if (smoothing === 0) return "none";
  const beta = smoothingBeta(smoothing);
  const steps = Number((1 / (1 - beta)).toPrecision(2));
  return `${beta.toFixed(3)}, about ${steps} steps`;
}

const ZOOM = 2;

const zoomActions: { label: string; Icon: LucideIcon; act: () => void }[] = [
  { label: "Earlier", Icon: ChevronLeft, act: () => panCharts(-0.5) },
  { label: "Later", Icon: ChevronRight, act: () => panCharts(0.5) },
  { label: "Zoom in", Icon: ZoomIn, act: () => zoomCharts(1 / ZOOM) },
  { label: "Zoom out", Icon: ZoomOut, act: () => zoomCharts(ZOOM) },
];

function ZoomButtons() {
  const whole = useCharts((state) => state.zoom === null);
  return (
    <fieldset className={styles.zoom} aria-label="Part of the run">
      {zoomActions.map(({ label, Icon, act }) => (
        <button
          key={label}
          type="button"
          className={styles.button}
          aria-label={label}
          title={label}
          // Focusable at the ends too: a button that vanishes under the finger loses the keyboard's place.
          aria-disabled={whole && label !== "Zoom in"}
          onClick={act}
        >
          <Icon size={18} aria-hidden="true" />
        </button>
      ))}
      <button type="button" className={styles.button} aria-disabled={whole} onClick={showWhole}>
        Whole run
      </button>
    </fieldset>
  );
}

const runFiles = [
  {
    label: "Training steps (CSV)",
    make: (run: RunOnPage) =>
      csvFile(runMetrics.tables.points, runFileName(run.title, currentStep(), "training", "csv")),
  },
  {
    label: "Validation (CSV)",
    make: (run: RunOnPage) =>
      csvFile(
        runMetrics.tables.evaluations,
        runFileName(run.title, currentStep(), "validation", "csv"),
      ),
  },
  {
    label: "Settings and all numbers (JSON)",
    make: (run: RunOnPage) =>
      jsonFile(run, runMetrics.tables, runFileName(run.title, currentStep(), "run", "json")),
  },
].map(({ label, make }) => ({
  label,
  onSave() {
    const { run } = studio.get();
    if (run === null) return;
    make(run)
      .then(download)
      .catch((thrown: unknown) => showProblem("train", thrown));
  },
}));
