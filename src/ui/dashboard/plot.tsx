import { memo } from "react";
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from "recharts";
import { ticksWithin } from "../../lib/ticks";
import { formatXTick } from "../../store/chart-data";
import { lineLooks } from "./line-looks";
import type { Drawing } from "./use-chart-data";

/** CSS pixels around the area where the lines are. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const AXIS = 50;

export function plotFrame(hasSecondScale: boolean): Frame {
  return { left: AXIS, right: hasSecondScale ? AXIS : 14, top: 10, bottom: 40 };
}

const axisTitles = {
  step: "optimizer steps",
  tokens: "tokens trained on",
  seconds: "time trained",
};

/** Evaluations are few enough to be told by their dots, up to here. */
const DOTS = 40;

const tick = { fill: "var(--ink-soft)", fontSize: 12 };

/** The lines and scales; the crosshair and all that can be done with them lie above (plot-overlay.tsx). */
export const Plot = memo(function Plot({ data, width, height }: Drawing) {
  const { spec, view, rows, xTicks, y, yTicks } = data;
  const frame = plotFrame(spec.second !== undefined);
  const count = (key: string) => rows.filter((row) => key in row.values).length;
  const yAxis = {
    type: "number",
    scale: view.logarithmic ? "log" : "linear",
    domain: [...y],
    allowDataOverflow: true,
    ticks: yTicks,
    interval: 0,
    width: AXIS,
    stroke: "var(--line-strong)",
    tick,
  } as const;
  return (
    <LineChart
      width={width}
      height={height}
      data={rows}
      margin={{ top: frame.top, right: spec.second ? 0 : frame.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis
        dataKey={view.axis}
        type="number"
        height={frame.bottom}
        domain={[...view.range]}
        allowDataOverflow
        ticks={xTicks}
        tickFormatter={(x: number) => formatXTick(view.axis, x, xTicks)}
        stroke="var(--line-strong)"
        tick={tick}
        minTickGap={16}
        label={{ value: axisTitles[view.axis], position: "insideBottom", offset: 2, ...tick }}
      />
      <YAxis {...yAxis} tickFormatter={spec.tick} />
      {spec.second && (
        <YAxis
          {...yAxis}
          yAxisId="second"
          orientation="right"
          domain={y.map((value) => value * spec.second!.factor)}
          ticks={ticksWithin(0, y[1] * spec.second.factor, yTicks.length)}
          tickFormatter={spec.second.tick}
        />
      )}
      {spec.lines.map(({ key, look }) => (
        <Line
          key={key}
          // Straight from point to point: a curve would round spikes off.
          type="linear"
          dataKey={(row: (typeof rows)[number]) => row.values[key]}
          name={key}
          {...lineLooks[look]}
          dot={
            look === "held-out" && count(key) <= DOTS
              ? { r: 3, fill: "var(--second)", strokeWidth: 0 }
              : false
          }
          activeDot={false}
          connectNulls
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  );
});
