import { type RefObject, useEffect, useState } from "react";

/** Rows drawn beyond each edge, so that scrolling shows no gap before the next frame. */
const SPARE = 8;

/**
 * Which rows of a long list are in sight: of tens of thousands, only those are drawn.
 * @param rowHeight pixels, the same for all
 */
export function useWindow(
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): { first: number; end: number } {
  const [view, setView] = useState({ top: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [box]);
  const first = Math.max(0, Math.min(count, Math.floor(view.top / rowHeight)) - SPARE);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + SPARE);
  return { first, end };
}
