import { Cpu } from "lucide-react";
import { useStudio } from "../../store/studio";
import type { AdapterReport } from "../../worker/api";
import styles from "./header.module.css";

/** Which GPU the page works with. */
export function AdapterLine() {
  const adapter = useStudio((state) => state.adapter);
  const problem = useStudio((state) => state.adapterProblem);
  return (
    <p className={styles.note} role="status" aria-label="Graphics adapter">
      <Cpu size={17} aria-hidden="true" />
      {adapter ? nameOf(adapter) : problem ? "No GPU: training is off" : "Looking for a GPU …"}
    </p>
  );
}

/** Browsers leave some of the names empty. */
function nameOf(adapter: AdapterReport): string {
  const { description, vendor, architecture, isFallbackAdapter } = adapter;
  const name = description || [vendor, architecture].filter(Boolean).join(" ") || "unnamed GPU";
  return isFallbackAdapter ? `${name} (software adapter, slow)` : name;
}
