import { type RefObject, useEffect, useState } from "react";
import { type ChartData, chartData } from "../../store/chart-data";
import { chartSpec } from "../../store/chart-specs";
import { type ChartId, shownRange, smoothingBeta, useCharts } from "../../store/charts";
import { runMetrics } from "../../store/metrics";
import { studio } from "../../store/studio";
import { drawInTurn, drawNoMore } from "./in-turn";

/** A table is read line by line: with as many evaluations, 200 rows are a lot. */
const TABLE_ROWS = 100;

/** What a chart shows, and the size of its box in CSS pixels. */
export interface Drawing {
  data: ChartData;
  width: number;
  height: number;
}

/**
 * Drawn anew with each update of the metrics, each change of the view and of the size, but not while the
 * box cannot be seen. Null until it has been seen first.
 */
export function useChartData(id: ChartId, box: RefObject<HTMLElement | null>): Drawing | null {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let seen = false;
    // The first look at 100,000 points takes as long as a drawing: they are two tasks.
    let data: ChartData | null = null;
    const look = () => {
      if (!seen || document.hidden) return;
      data = currentData(id);
      drawInTurn(draw);
    };
    // The first drawing of scales and lines together does too: the lines come with the second one.
    let hasScales = false;
    const draw = () => {
      if (data === null) return;
      const { clientWidth: width, clientHeight: height } = element;
      setDrawing({ data: hasScales ? data : { ...data, rows: [] }, width, height });
      if (!hasScales) drawInTurn(draw);
      hasScales = true;
    };
    const update = () => {
      if (seen && !document.hidden) drawInTurn(look);
    };
    const observer = new IntersectionObserver((entries) => {
      seen = entries.at(-1)?.isIntersecting ?? true;
      update();
    });
    observer.observe(element);
    const sizes = new ResizeObserver(update);
    sizes.observe(element);
    document.addEventListener("visibilitychange", update);
    const unsubscribe = [runMetrics.subscribe(update), useCharts.subscribe(update)];
    return () => {
      drawNoMore(look);
      drawNoMore(draw);
      observer.disconnect();
      sizes.disconnect();
      document.removeEventListener("visibilitychange", update);
      for (const stop of unsubscribe) stop();
    };
  }, [id, box]);
  return drawing;
}

function currentData(id: ChartId): ChartData {
  const { axis, smoothing, lossUnit, logarithmic, asTable } = useCharts.getState();
  const spec = chartSpec(id, lossUnit, studio.get().run?.flopsPerToken ?? 0);
  const view = {
    axis,
    range: shownRange(),
    beta: smoothingBeta(smoothing),
    logarithmic: spec.mayBeLogarithmic && Boolean(logarithmic[id]),
  };
  return chartData(runMetrics.tables, spec, view, asTable[id] ? TABLE_ROWS : undefined);
}
