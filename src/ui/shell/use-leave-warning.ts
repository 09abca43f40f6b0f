import { useEffect } from "react";
import { useStudio } from "../../store/studio";

/** Lets the browser ask before the tab is closed on a run that is training or waiting to go on. */
export function useLeaveWarning(): void {
  const unfinished = useStudio(
    ({ run }) => run !== null && !run.neededText && ["training", "paused"].includes(run.state),
  );
  useEffect(() => {
    if (!unfinished) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unfinished]);
}
