/**
 * Starts a module worker that obeys the page's Content-Security-Policy.
 *
 * A worker started from a URL has the policy of that URL's response headers, which a static host does not send.
 * A `blob:` worker inherits the policy of the page, the page's `<meta>` included, so the worker is a one-line
 * blob that imports the real module (HTML standard, "initialize worker policy container").
 *
 * A module that cannot be loaded, or throws while it starts, fires `error` on the worker, as with `new Worker`.
 * Messages sent before the module has started wait for it.
 *
 * @param url of the worker's bundle, from `import url from "./x?worker&url"`; relative to the page.
 * @param name shown in the browser's tools.
 */
export function spawnWorker(url: string | URL, name: string): Worker {
  const address = new URL(url, document.baseURI).href;
  // Imports run before the line after them: the blob is let go by the worker as soon as it is not needed.
  const start = `import ${JSON.stringify(address)}; URL.revokeObjectURL(import.meta.url);`;
  const blob = URL.createObjectURL(new Blob([start], { type: "text/javascript" }));
  const worker = new Worker(blob, { type: "module", name });
  worker.addEventListener("error", () => URL.revokeObjectURL(blob), { once: true });
  return worker;
}
