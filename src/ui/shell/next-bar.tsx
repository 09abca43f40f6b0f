import { useEffect, useState } from "react";
import { type NextAction, nextAction } from "../../store/plan";
import { useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import styles from "./next-bar.module.css";

const labels: Record<Exclude<NextAction, "wait" | "nothing">, [line: string, button: string]> = {
  "open-text": ["First, a text to learn from.", "Start with sample stories"],
  "train-tokenizer": ["Next, a tokenizer for this text.", "Train tokenizer"],
  "start-run": ["All is ready.", "Train model"],
  pause: ["The model is learning.", "Pause"],
  resume: ["The run is paused.", "Continue"],
  tell: ["The model is ready.", "Tell a story"],
  "give-text": ["The checkpoint needs its text to go on.", "Show"],
};

/**
 * The next thing to do, when the button for it is not on screen: pressing it here brings that button
 * into view and presses it.
 */
export function NextBar() {
  const action = useStudio(nextAction);
  const offScreen = useMainButtonOffScreen(action);
  if (action === "wait" || action === "nothing" || !offScreen) return null;
  const [line, label] = labels[action];
  return (
    <aside className={styles.bar} aria-label="Next step">
      <p className={styles.line}>{line}</p>
      <Button main onClick={pressMainButton}>
        {label}
      </Button>
    </aside>
  );
}

function mainButton(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main [data-main]");
}

function pressMainButton(): void {
  const button = mainButton();
  if (button === null) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  button.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  button.focus({ preventScroll: true });
  // A file picker that opens from elsewhere on the page would surprise.
  if (button instanceof HTMLButtonElement) button.click();
}

function useMainButtonOffScreen(action: NextAction): boolean {
  const [offScreen, setOffScreen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the action, the main button changes
  useEffect(() => {
    setOffScreen(false);
    const button = mainButton();
    if (button === null) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) setOffScreen(!entry.isIntersecting);
    });
    observer.observe(button);
    return () => observer.disconnect();
  }, [action]);
  return offScreen;
}
