import { type RefObject, useEffect } from "react";

/**
 * Keeps the focus in a part of the page: when the element that has it is taken off the page, as a
 * button that has done its work, the focus goes to the part's heading. Left alone it would fall back to
 * the page's beginning, and whoever goes by keyboard or screen reader would have lost their place.
 */
export function useKeptFocus(
  part: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const element = part.current;
    if (element === null) return;
    let focused: Element | null = null;
    const come = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? target : null;
    };
    // Browsers differ in whether a removed element says that it loses the focus. If one that is still
    // there says so, the user went elsewhere, and nothing is to be kept.
    const leave = () =>
      requestAnimationFrame(() => {
        if (focused?.isConnected && focused !== document.activeElement) focused = null;
      });
    const observer = new MutationObserver(() => {
      if (focused === null || focused.isConnected) return;
      focused = null;
      // What was pressed may know a better place; it goes first.
      requestAnimationFrame(() => {
        const lost = document.activeElement === document.body;
        if (lost) heading.current?.focus({ preventScroll: true });
      });
    });
    element.addEventListener("focusin", come);
    element.addEventListener("focusout", leave);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", come);
      element.removeEventListener("focusout", leave);
      observer.disconnect();
    };
  }, [part, heading]);
}
