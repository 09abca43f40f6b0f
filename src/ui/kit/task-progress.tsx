import { Progress } from "@base-ui/react/progress";
import { formatBytes, formatCount } from "../../lib/format";
import { type Place, useStudio } from "../../store/studio";
import type { Progress as Report } from "../../worker/api";
import { Button } from "./button";
import styles from "./task-progress.module.css";

const phases: Record<Report["phase"], string> = {
  reading: "reading",
  counting: "counting words",
  merging: "merging pieces",
  encoding: "encoding stories",
  loading: "loading",
  compiling: "compiling kernels",
  saving: "saving",
  measuring: "measuring steps",
};

function amount({ phase, done, total }: Report): string {
  // These are counted; the rest goes through a file.
  const counted = phase === "merging" || phase === "compiling" || phase === "measuring";
  const format = counted ? formatCount : formatBytes;
  return total > 0 ? `${format(done)} of ${format(total)}` : format(done);
}

/** The work that goes on at this place, with its progress and a way to cancel. Nothing while there is none. */
export function TaskProgress({ place }: { place: Place }) {
  const task = useStudio((state) => (state.task?.place === place ? state.task : null));
  if (task === null) return null;
  const { doing, progress, cancel } = task;
  const share = progress && progress.total > 0 ? progress.done / progress.total : null;
  return (
    <div className={styles.task}>
      <Progress.Root
        className={styles.root}
        value={share === null ? null : Math.min(100, Math.round(share * 100))}
      >
        <Progress.Label className={styles.label}>{doing}</Progress.Label>
        <span className={styles.amount}>
          {progress ? `${phases[progress.phase]}: ${amount(progress)}` : "…"}
        </span>
        <Progress.Track className={styles.track}>
          <Progress.Indicator className={styles.indicator} />
        </Progress.Track>
      </Progress.Root>
      {cancel && (
        <Button quiet onClick={cancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
