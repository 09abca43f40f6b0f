import { useEffect, useState } from "react";
import { showProblem, useStudio } from "../../store/studio";
import type { TokenPart } from "../../worker/api";
import { tokenizerWorker } from "../../worker/client";

/** Typing pauses this long, in milliseconds, before the text is cut. */
const PAUSE = 120;

/**
 * A text as the tokenizer at hand cuts it, a moment after it was typed; until then the answer for the
 * text before, and null before the first. Only the latest question's answer counts.
 */
export function useCutText(text: string): TokenPart[] | null {
  const model = useStudio((state) => state.tokenizer?.model);
  const [parts, setParts] = useState<TokenPart[] | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tokenizer cuts otherwise
  useEffect(() => {
    let latest = true;
    const timer = setTimeout(() => {
      tokenizerWorker.encodeText(text).then(
        (answer) => latest && setParts(answer),
        (thrown: unknown) => latest && showProblem("tokenizer", thrown),
      );
    }, PAUSE);
    return () => {
      latest = false;
      clearTimeout(timer);
    };
  }, [text, model]);
  return parts;
}
