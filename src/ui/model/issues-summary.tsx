import { planIssues } from "../../store/plan";
import { useStudio } from "../../store/studio";
import { fieldId, labelOf } from "./fields";
import styles from "./issues-summary.module.css";

/** Why no run can be started with these settings; each line leads to its field. */
export function IssuesSummary() {
  const issues = useStudio(planIssues);
  return (
    <div role="status" aria-label="Impossible settings" className={styles.place}>
      {issues.length > 0 && (
        <div className={styles.notice}>
          <p className={styles.title}>
            {issues.length === 1
              ? "One setting is not possible like this"
              : `${issues.length} settings are not possible like this`}
          </p>
          <ul className={styles.list}>
            {issues.map(({ field, rule }) => (
              <li key={`${field} ${rule}`}>
                <button type="button" className={styles.link} onClick={() => show(field)}>
                  {labelOf(field)}
                </button>
                : {rule}.
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Unfolds the section of a field, and goes there. */
function show(field: string): void {
  const input = document.getElementById(fieldId(field));
  const section = input?.closest("details");
  if (section) section.open = true;
  input?.focus();
}
