import { expose, releaseProxy, wrap } from "comlink";
import { afterEach, expect, test } from "vitest";
import { problem, StoryloomError } from "../lib/errors";
import "./errors";

interface Api {
  fail(): Promise<void>;
  crash(): Promise<void>;
}

const { port1, port2 } = new MessageChannel();
afterEach(() => {
  port1.close();
  port2.close();
});

test("a problem thrown in another thread arrives with its code and way out; other errors stay as they were", async () => {
  expose(
    {
      fail: () => Promise.reject(problem("file-empty", { name: "tales.txt" })),
      crash: () => Promise.reject(new TypeError("no such thing")),
    } satisfies Api,
    port1,
  );
  const api = wrap<Api>(port2);

  const failure = await api.fail().catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(StoryloomError);
  expect((failure as StoryloomError).problem).toEqual(
    problem("file-empty", { name: "tales.txt" }).problem,
  );

  const crash = await api.crash().catch((thrown: unknown) => thrown);
  expect(crash).not.toBeInstanceOf(StoryloomError);
  expect(crash).toMatchObject({ name: "TypeError", message: "no such thing" });
  api[releaseProxy]();
});
