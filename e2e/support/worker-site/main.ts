/** A page whose worker is bundled and started just as the studio's workers are. */
import { spawnWorker } from "../../../src/worker/spawn";
import echoUrl from "./echo?worker&url";

declare global {
  interface Window {
    /** Sends a message right after the start, and resolves to the answer. */
    echo(text: string): Promise<unknown>;
    /** Starts the worker from its URL, without spawnWorker. */
    echoUnprotected(text: string): Promise<unknown>;
    /** Resolves when the worker of an address that has no file reports its failure. */
    startMissing(): Promise<string>;
  }
}

function ask(worker: Worker, text: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = () => reject(new Error("worker failed"));
    worker.postMessage(text);
  });
}

window.echo = (text) => ask(spawnWorker(echoUrl, "echo"), text);
window.echoUnprotected = (text) => ask(new Worker(echoUrl, { type: "module" }), text);
window.startMissing = () =>
  new Promise((resolve) => {
    const worker = spawnWorker("no-such-worker.js", "missing");
    worker.addEventListener("error", (event) => resolve(event.type));
  });
