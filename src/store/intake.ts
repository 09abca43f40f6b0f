/** What the page knows of the open text besides its summary, and of what is asked of it. */
import { create } from "zustand";
import type { TextChoices, TextFile, TextReport } from "../worker/api";

interface IntakeState {
  /** Where the open text came from, so that it can be read anew. */
  files: TextFile[];
  report: TextReport | null;
  /** What the choices on the page say; they count with the next reading. */
  choices: TextChoices;
  /** The dialog for pasted text. Closing it does not lose what was typed. */
  pasteOpen: boolean;
  pasted: string;
  /** The browser has no storage for the tokens of the run, so they lie in memory. */
  tokensInMemory: boolean;
}

export const usualChoices: TextChoices = { separator: "auto", column: null, heldOutShare: 0.05 };

export const useIntake = create<IntakeState>(() => ({
  files: [],
  report: null,
  choices: usualChoices,
  pasteOpen: false,
  pasted: "",
  tokensInMemory: false,
}));

/** For actions; components use `useIntake` with a selector. */
export const intake = { get: useIntake.getState, set: useIntake.setState };

export function setChoices(change: Partial<TextChoices>): void {
  intake.set(({ choices }) => ({ choices: { ...choices, ...change } }));
}

/** Whether the choices on the page are not those that the open text was read with. */
export function choicesDiffer({ report, choices }: IntakeState): boolean {
  if (report === null) return false;
  const { separator, column, heldOutShare } = report.choices;
  return (
    choices.separator !== separator ||
    choices.column !== column ||
    choices.heldOutShare !== heldOutShare
  );
}

/** Puts the choices back to what the open text was read with. */
export function undoChoices(): void {
  intake.set(({ report, choices }) => ({ choices: report?.choices ?? choices }));
}
