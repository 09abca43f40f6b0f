import type { Page, Worker } from "@playwright/test";

export interface Attempt {
  /** What the other origin answered, or the error. */
  outcome: string;
  /** Directives of the Content-Security-Policy that stopped something. */
  violated: string[];
}

/** Tries to send something to another origin, from within a page or a worker. */
export function tryToReach(from: Page | Worker, address: string): Promise<Attempt> {
  const attempt = async (url: string): Promise<Attempt> => {
    const violated: string[] = [];
    addEventListener("securitypolicyviolation", (event) => {
      violated.push((event as SecurityPolicyViolationEvent).effectiveDirective);
    });
    const outcome = await fetch(url).then(
      (response) => response.text(),
      (error: unknown) => String(error),
    );
    // The report comes as a task of its own.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { outcome, violated };
  };
  // One call for each type: `evaluate` has no signature for their union.
  return "workers" in from ? from.evaluate(attempt, address) : from.evaluate(attempt, address);
}
