import { formatCount, formatSmall } from "../../lib/format";
import { useStudio } from "../../store/studio";
import styles from "./schedule-curve.module.css";
import { schedulePoints } from "./schedule-points";

/** The drawing is stretched to its box; lines keep their width. */
const WIDTH = 320;
const HEIGHT = 90;

/** The learning rate over the steps of the next run. */
export function ScheduleCurve() {
  const training = useStudio((state) => state.training);
  const points = schedulePoints(training);
  const { max_steps: end, warmup_steps: warmup } = training;
  const peak = Math.max(...points.map(({ rate }) => rate));
  const last = points.at(-1)!.rate;
  const line = points
    .map(({ step, rate }) => `${(step / end) * WIDTH},${(1 - rate / peak) * HEIGHT}`)
    .join(" ");
  const rise = warmup > 0 ? `It rises over ${formatCount(warmup)} steps to` : "It starts at";
  return (
    <figure className={styles.figure}>
      <div className={styles.labels} aria-hidden="true">
        <span>peak {formatSmall(peak)}</span>
        <span>end {formatSmall(last)}</span>
      </div>
      <svg
        className={styles.curve}
        viewBox={`0 -3 ${WIDTH} ${HEIGHT + 6}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <polygon className={styles.area} points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />
        <polyline className={styles.line} points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <div className={styles.labels} aria-hidden="true">
        <span>step 0</span>
        <span>step {formatCount(end)}</span>
      </div>
      <figcaption className={styles.caption}>
        Learning rate. {rise} {formatSmall(peak)} and falls along half a cosine to{" "}
        {formatSmall(last)} at step {formatCount(end)}.
      </figcaption>
    </figure>
  );
}
