/** In a file of its own, so that the worker has an import to resolve. */
export function shout(text: string): string {
  return text.toUpperCase();
}
