import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { panCharts, shownRange, showPart, showWhole, zoomCharts } from "../../store/charts";
import { hideCrosshair, pointAt } from "../../store/crosshair";
import type { Range } from "../../store/zoom";

/** A shorter drag is a click. */
const DRAG_PX = 5;
/** A wheel's notch is some 100 pixels: a fifth more or less. */
const WHEEL_RATE = 0.002;

interface Gesture {
  kind: "select" | "pan" | "pinch";
  /** What was shown when it began. */
  range: Range;
  /** Where each pointer began, in CSS pixels from the left. */
  starts: Map<number, number>;
}

/**
 * What pointers do on a plot: move the crosshair; drag to show a part; drag with Shift to pan; two
 * fingers, or the wheel with Ctrl, Shift or the command key, to zoom; double click for the whole run. The
 * page's own scrolling, by wheel and by one finger, is left alone.
 * @returns handlers, and the part being selected, as shares of the width
 */
export function usePlotGestures(area: RefObject<HTMLElement | null>) {
  const gesture = useRef<Gesture | null>(null);
  const places = useRef(new Map<number, number>());
  const [selected, setSelected] = useState<Range | null>(null);
  useWheel(area);

  const local = (event: { clientX: number }) => {
    const { left, width } = area.current!.getBoundingClientRect();
    return { px: event.clientX - left, width };
  };
  const toX = (px: number, width: number, [from, to]: Range) => from + (px / width) * (to - from);

  const end = () => {
    gesture.current = null;
    places.current.clear();
    setSelected(null);
  };

  return {
    selected,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0) return;
        const { px, width } = local(event);
        places.current.set(event.pointerId, px);
        area.current!.setPointerCapture(event.pointerId);
        const touch = event.pointerType === "touch";
        const range = shownRange();
        if (places.current.size === 2) {
          gesture.current = { kind: "pinch", range, starts: new Map(places.current) };
        } else if (!touch) {
          const kind = event.shiftKey ? "pan" : "select";
          gesture.current = { kind, range, starts: new Map(places.current) };
        }
        if (touch) pointAt(toX(px, width, range));
      },
      onPointerMove(event: PointerEvent) {
        const { px, width } = local(event);
        if (places.current.has(event.pointerId)) places.current.set(event.pointerId, px);
        const now = gesture.current;
        if (now?.kind !== "pan")
          pointAt(toX(Math.min(Math.max(0, px), width), width, shownRange()));
        if (now === null) return;
        const start = now.starts.get(event.pointerId)!;
        if (now.kind === "pan") {
          const shift = ((start - px) / width) * (now.range[1] - now.range[0]);
          panFrom(now.range, shift);
        } else if (now.kind === "select" && Math.abs(px - start) >= DRAG_PX) {
          const share = (at: number) => Math.min(Math.max(0, at / width), 1);
          setSelected([share(Math.min(start, px)), share(Math.max(start, px))]);
        } else if (now.kind === "pinch") {
          pinch(now, places.current, width);
        }
      },
      onPointerUp() {
        if (gesture.current?.kind === "select" && selected !== null) {
          const [from, to] = gesture.current.range;
          showPart(from + selected[0] * (to - from), from + selected[1] * (to - from));
        }
        end();
      },
      onPointerCancel: end,
      onPointerLeave() {
        if (places.current.size === 0) hideCrosshair();
      },
      onDoubleClick: showWhole,
    },
  };
}

/** Moves what was shown at the beginning of a drag by so much, as far as the run goes. */
function panFrom([from, to]: Range, shift: number): void {
  const [now, until] = shownRange();
  if (until - now >= to - from) panCharts((from + shift - now) / (until - now));
}

/** What was under each of two fingers stays under it. */
function pinch(
  { range, starts }: Gesture,
  places: ReadonlyMap<number, number>,
  width: number,
): void {
  const [[a, startA], [b, startB]] = [...starts] as [[number, number], [number, number]];
  const [nowA, nowB] = [places.get(a), places.get(b)];
  if (nowA === undefined || nowB === undefined || Math.abs(nowA - nowB) < 10) return;
  const perPixel = (range[1] - range[0]) / width;
  const scaled = (perPixel * (startA - startB)) / (nowA - nowB);
  if (scaled <= 0) return;
  const from = range[0] + startA * perPixel - nowA * scaled;
  showPart(Math.max(0, from), from + scaled * width);
}

/** React listens to wheels passively, and could not keep the page from scrolling or zooming. */
function useWheel(area: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = area.current;
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.shiftKey && !event.metaKey) return;
      event.preventDefault();
      const { left, width } = element!.getBoundingClientRect();
      const [from, to] = shownRange();
      const at = from + ((event.clientX - left) / width) * (to - from);
      // Browsers turn a wheel with Shift to the side.
      zoomCharts(Math.exp((event.deltaY || event.deltaX) * WHEEL_RATE), at);
    };
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, [area]);
}
