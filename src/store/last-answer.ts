/**
 * Remembers the last answer for the last arguments. Selectors run with every change of the store, and
 * what they answer must be the same object as long as it is made of the same things.
 */
export function lastAnswer<Args extends readonly unknown[], Answer>(
  compute: (...args: Args) => Answer,
): (...args: Args) => Answer {
  let last: { args: Args; answer: Answer } | null = null;
  return (...args) => {
    if (last?.args.every((arg, i) => Object.is(arg, args[i]))) return last.answer;
    const answer = compute(...args);
    last = { args, answer };
    return answer;
  };
}
