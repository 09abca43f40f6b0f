import { TriangleAlert, X } from "lucide-react";
import type { Problem } from "../../lib/errors";
import { dismissProblem, type Place, useStudio } from "../../store/studio";
import styles from "./problem-notice.module.css";

/** What went wrong here, and the way out. Nothing while all is well. */
export function ProblemNotice({ place }: { place: Place }) {
  const problem = useStudio((state) => state.problems[place]);
  if (!problem) return null;
  return <ProblemText problem={problem} onDismiss={() => dismissProblem(place)} />;
}

export function ProblemText({ problem, onDismiss }: { problem: Problem; onDismiss?: () => void }) {
  // Further lines are a listing, such as a shader's source.
  const [what, ...listing] = problem.what.split("\n");
  return (
    <div className={styles.notice} role="alert" data-code={problem.code}>
      <TriangleAlert size={20} className={styles.icon} aria-hidden="true" />
      <div className={styles.text}>
        <p className={styles.what}>{what}</p>
        <p>{problem.wayOut}</p>
        {listing.length > 0 && (
          <details>
            <summary>Details</summary>
            <pre className={styles.listing}>{listing.join("\n")}</pre>
          </details>
        )}
      </div>
      {onDismiss && (
        <button type="button" className={styles.dismiss} onClick={onDismiss} aria-label="Dismiss">
          <X size={18} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
