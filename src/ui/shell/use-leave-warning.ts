import { useEffect } from "react";
import { isUnsaved } from "../../store/plan";
import { useStudio } from "../../store/studio";

/** Lets the browser ask before the tab is closed on what a run has learned since it was last saved. */
export function useLeaveWarning(): void {
  const unsaved = useStudio(isUnsaved);
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
