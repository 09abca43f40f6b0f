import { fetchSample } from "../../store/text";
import { warmUpTokenizerWorker } from "../../worker/client";

/**
 * Fetches what the page needs only later, once it is idle: from then on nothing is fetched any more, and the
 * page works without a network.
 */
export function preload(): void {
  const load = () =>
    Promise.all([
      import("../dashboard/charts"),
      import("../tokenizer/try-it"),
      import("../tokenizer/vocabulary-table"),
      warmUpTokenizerWorker(),
      fetchSample(),
    ]).catch(() => undefined);
  // Safari has no requestIdleCallback.
  const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500));
  idle(() => void load());
}
