import { tokenizerWorker } from "../worker/client";
import { showProblem } from "./studio";

/** Ends what the tokenizer worker is doing; its call then rejects as cancelled. */
export function cancelTokenizerWorker(): void {
  tokenizerWorker.cancel().catch((thrown: unknown) => showProblem("page", thrown));
}
