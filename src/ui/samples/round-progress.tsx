import { Progress } from "@base-ui/react/progress";
import { formatCount } from "../../lib/format";
import { cancelRound } from "../../store/rounds";
import { useStudio } from "../../store/studio";
import type { RoundProgress } from "../../worker/api";
import { Button } from "../kit/button";
import styles from "../kit/task-progress.module.css";

/** How far the round is that is being told, and a way to end it. Nothing while there is none of the kind. */
export function RoundProgressLine({ kind }: { kind: RoundProgress["kind"] }) {
  const round = useStudio((state) => (state.round?.kind === kind ? state.round : null));
  const trains = useStudio((state) => state.run?.state === "training");
  if (round === null) return null;
  const { step, told, of } = round;
  const waits = trains ? ", training waits" : "";
  return (
    <div className={styles.task}>
      <Progress.Root
        className={styles.root}
        value={told}
        max={of}
        getAriaValueText={() => `${told} of ${of} stories`}
      >
        <Progress.Label className={styles.label}>
          {`Telling at step ${formatCount(step)}${waits}`}
        </Progress.Label>
        <span className={styles.amount}>{`${told} of ${of} stories`}</span>
        <Progress.Track className={styles.track}>
          <Progress.Indicator className={styles.indicator} />
        </Progress.Track>
      </Progress.Root>
      <Button quiet onClick={cancelRound}>
        Cancel
      </Button>
    </div>
  );
}
