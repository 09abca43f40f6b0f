import { currentStep } from "./step";
import { type Question, studio } from "./studio";

/** Asks in a dialog. A question that is still open is answered with no. */
function ask(question: Omit<Question, "answer">): Promise<boolean> {
  studio.get().question?.answer(false);
  return new Promise((resolve) => {
    studio.set({
      question: {
        ...question,
        answer(yes) {
          studio.set({ question: null });
          resolve(yes);
        },
      },
    });
  });
}

/** Asks before the run on the page is given up. True when there is none. */
export function askToGiveUpRun(instead: string): Promise<boolean> {
  const { run } = studio.get();
  // One that failed is gone with its GPU: there is nothing to give up.
  if (run === null || run.state === "failed") return Promise.resolve(true);
  return ask({
    title: "Give up this run?",
    body: `The ${run.title} run at step ${currentStep().toLocaleString("en")} is kept only on this page. ${instead} replaces it. Download its checkpoint first if you want to go on with it later.`,
    confirm: "Give it up",
  });
}
