import { type KeyboardEvent, useRef } from "react";
import { formatPlace, type Reading, readingAt } from "../../store/chart-data";
import type { ChartSpec } from "../../store/chart-specs";
import { panCharts, runEnd, shownRange, showWhole, zoomCharts } from "../../store/charts";
import {
  hideCrosshair,
  movePointer,
  pointAt,
  pointedPlace,
  useCrosshair,
} from "../../store/crosshair";
import { runMetrics } from "../../store/metrics";
import { classes } from "../kit/classes";
import { plotFrame } from "./plot";
import styles from "./plot-overlay.module.css";
import type { Drawing } from "./use-chart-data";
import { usePlotGestures } from "./use-plot-gestures";

/** Lies over the lines: the crosshair with its values, and everything that pointer and keyboard do. */
export function PlotOverlay({ data, height }: Drawing) {
  const area = useRef<HTMLDivElement>(null);
  const { selected, handlers } = usePlotGestures(area);
  const step = useCrosshair((state) => state.step);
  const { spec, view } = data;
  const [from, to] = view.range;
  const reading = step === null ? null : readingAt(runMetrics.tables, spec, step, view.beta);
  const share = reading && (reading[view.axis] - from) / (to - from);
  const seen = share !== null && share >= 0 && share <= 1;
  const { left, right, top, bottom } = plotFrame(spec.second !== undefined);
  return (
    <div
      ref={area}
      className={styles.area}
      style={{ left, right, top, bottom }}
      tabIndex={0}
      role="slider"
      aria-label={`${spec.title}: crosshair`}
      aria-keyshortcuts="ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight + - 0"
      aria-valuemin={0}
      aria-valuemax={runEnd(runMetrics.tables, "step")}
      aria-valuenow={reading?.step ?? 0}
      aria-valuetext={reading ? spoken(spec, reading) : "not placed"}
      onKeyDown={onKey}
      onBlur={hideCrosshair}
      {...handlers}
    >
      {selected && (
        <div
          className={styles.selected}
          style={{ left: percent(selected[0]), width: percent(selected[1] - selected[0]) }}
        />
      )}
      {seen && reading && (
        <>
          <div className={styles.line} style={{ left: percent(share) }} />
          {reading.values.map(({ line, value, at }) => {
            const x = (at[view.axis] - from) / (to - from);
            const y = heightShare(data, value);
            if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) return null;
            return (
              <div
                key={line.key}
                className={classes(styles.dot, line.look === "held-out" && styles.heldOut)}
                style={{ left: percent(x), top: percent(1 - y) }}
              />
            );
          })}
          <ReadingBox spec={spec} reading={reading} atLeft={share > 0.5} low={height > 220} />
        </>
      )}
    </div>
  );
}

const percent = (share: number) => `${100 * share}%`;

/** Where a value is between the lower and the upper end of the scale. */
function heightShare({ y: [low, high], view }: Drawing["data"], value: number): number {
  const scale = view.logarithmic ? Math.log : (x: number) => x;
  return (scale(value) - scale(low)) / (scale(high) - scale(low));
}

function ReadingBox({
  spec,
  reading,
  atLeft,
  low,
}: {
  spec: ChartSpec;
  reading: Reading;
  /** On the side where the crosshair is not. */
  atLeft: boolean;
  /** There is room for more than the values. */
  low: boolean;
}) {
  return (
    <div className={classes(styles.reading, atLeft && styles.atLeft)}>
      <strong>Step {formatPlace("step", reading.step)}</strong>
      {low && (
        <span className={styles.place}>
          {formatPlace("tokens", reading.tokens)} tokens, {formatPlace("seconds", reading.seconds)}
        </span>
      )}
      {valueTexts(spec, reading).map(([label, text]) => (
        <span key={label} className={styles.value}>
          <span>{label}</span> {text}
        </span>
      ))}
    </div>
  );
}

/** Each line's label and value; an evaluation of another step says which. */
function valueTexts({ format, second }: ChartSpec, reading: Reading): [string, string][] {
  const texts = reading.values.map(({ line, value, at }): [string, string] => {
    const elsewhere = at.step === reading.step ? "" : ` (step ${formatPlace("step", at.step)})`;
    return [line.label + elsewhere, format(value)];
  });
  const [first] = reading.values;
  if (second && first) texts.push(["Computing", second.format(first.value * second.factor)]);
  return texts;
}

function spoken(spec: ChartSpec, reading: Reading): string {
  const place = `step ${formatPlace("step", reading.step)}, ${formatPlace("tokens", reading.tokens)} tokens, ${formatPlace("seconds", reading.seconds)}`;
  return [place, ...valueTexts(spec, reading).map((pair) => pair.join(" "))].join("; ");
}

/** Presses that take the crosshair from one side to the other. */
const PRESSES = 100;

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !act(event.key, event.shiftKey)) return;
  event.preventDefault();
}

/** @returns whether the key means something here */
function act(key: string, shift: boolean): boolean {
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const direction = key === "ArrowLeft" ? -1 : 1;
      if (shift) panCharts(direction / 4);
      else movePointer(direction / PRESSES);
      return true;
    }
    case "PageUp":
    case "PageDown":
      movePointer((key === "PageUp" ? 10 : -10) / PRESSES);
      return true;
    case "Home":
    case "End":
      pointAt(shownRange()[key === "Home" ? 0 : 1]);
      return true;
    case "+":
    case "=":
    case "-":
      zoomCharts(key === "-" ? 2 : 0.5, pointedPlace());
      return true;
    case "0":
      showWhole();
      return true;
    case "Escape":
      hideCrosshair();
      return true;
    default:
      return false;
  }
}
