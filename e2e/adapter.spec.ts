import { expect, test } from "@playwright/test";

/** What the other specs stand on: this browser has a software GPU, in a page and in a worker. */
test("the browser under test offers WebGPU in the page and in a worker", async ({
  page,
  baseURL,
}) => {
  await page.goto(`${baseURL}LICENSE.txt`);
  const describe = async () => {
    const adapter = await navigator.gpu.requestAdapter();
    return adapter ? `${adapter.info.vendor} ${adapter.info.architecture}` : "no adapter";
  };
  expect(await page.evaluate(describe)).toBe("google swiftshader");
  const inWorker = await page.evaluate(async () => {
    const source = `navigator.gpu.requestAdapter().then((a) => postMessage(a.info.vendor + " " + a.info.architecture))`;
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    return new Promise((resolve) => {
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = (event) => resolve(event.message);
    });
  });
  expect(inWorker).toBe("google swiftshader");
});
