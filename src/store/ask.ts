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

/** Asks before the run on the page is given up. True when nothing would be lost: a model only is still in its file. */
export function askToGiveUpRun(instead: string): Promise<boolean> {
  const { run } = studio.get();
  // One that failed is gone with its GPU: there is nothing to give up.
  if (run === null || run.state === "failed" || run.contents === "model") {
    return Promise.resolve(true);
  }
  return ask({
    title: "Give up this run?",
    body: `${instead} replaces the ${run.title} run at step ${currentStep().toLocaleString("en")}. What it learned since it was last saved is only on this page: save it first if you want to go on with it later.`,
    confirm: "Give it up",
  });
}
