import { isUnsaved } from "./plan";
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

/**
 * Asks before the run on the page is given up, or a tokenizer that was trained here. True when nothing would
 * be lost: what was saved at this step, and a model only, is still in its file.
 */
export function askToGiveUp(instead: string, what: "run" | "run-and-tokenizer"): Promise<boolean> {
  const { run, rounds, tokenizer } = studio.get();
  if (isUnsaved({ run, rounds })) {
    const { title, contents } = run!;
    const kept =
      contents === "model"
        ? "The story sheets that it told are only on this page: download those that you want to keep."
        : "What it learned and told since it was last saved is only on this page: save it first if you want to go on with it later.";
    return ask({
      title: "Give up this run?",
      body: `${instead} replaces the ${title} run at step ${currentStep().toLocaleString("en")}. ${kept}`,
      confirm: "Give it up",
    });
  }
  if (what === "run-and-tokenizer" && run === null && tokenizer?.trainedOn) {
    return ask({
      title: "Give up this tokenizer?",
      body: `${instead} brings its own tokenizer, in place of the one that was trained here on “${tokenizer.trainedOn.name}”.`,
      confirm: "Give it up",
    });
  }
  return Promise.resolve(true);
}
