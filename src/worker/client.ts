/** The page's side of the two workers: starts them when first needed and speaks their contracts. */
import { proxy, type Remote, transfer, wrap } from "comlink";
import { type Problem, problem } from "../lib/errors";
import { movedBuffers } from "../storage/stored-tokens";
import type { TokenizerWorkerApi, TrainerEvent, TrainerWorkerApi } from "./api";
import "./errors";
import { spawnWorker } from "./spawn";
import tokenizerUrl from "./tokenizer?worker&url";
import trainerUrl from "./trainer?worker&url";

/** What happens outside of any call. */
export interface WorkerListener {
  trainerEvent(event: TrainerEvent): void;
  /** An error that no call in a worker caught. */
  uncaught(problem: Problem): void;
}

let listener: WorkerListener | null = null;

/** Where events of the workers go. Call it once, before the first call of a worker. */
export function listenToWorkers(to: WorkerListener): void {
  listener = to;
}

type Call<Api> = <T>(use: (api: Remote<Api>) => Promise<T>) => Promise<T>;

/**
 * A worker that starts with the first call. Comlink's calls would wait for ever on a worker that never
 * came up (its file is missing, or its first lines throw), so they all fail then, and the next one
 * tries anew. An error thrown later, outside of a call, is told to the listener and ends nothing.
 */
function thread<Api>(
  name: string,
  url: string,
  connect?: (api: Remote<Api>) => Promise<void>,
): Call<Api> {
  let running: { api: Remote<Api>; broken: Promise<never> } | null = null;

  function start() {
    const worker = spawnWorker(url, name);
    const api = wrap<Api>(worker);
    let alive = false;
    const broken = new Promise<never>((_, reject) => {
      worker.addEventListener("error", (event) => {
        if (alive) {
          listener?.uncaught(problem("unexpected", { message: event.message }).problem);
          return;
        }
        worker.terminate();
        running = null;
        reject(problem("worker-broken", { worker: name, message: event.message }));
      });
    });
    // Without this, a worker that breaks between two calls is an unhandled rejection.
    broken.catch(() => undefined);
    worker.addEventListener("message", () => (alive = true), { once: true });
    connect?.(api).catch((thrown: unknown) => {
      listener?.uncaught(problem("unexpected", { message: String(thrown) }).problem);
    });
    return { api, broken };
  }

  return (use) => {
    running ??= start();
    return Promise.race([use(running.api), running.broken]);
  };
}

const callTokenizer = thread<TokenizerWorkerApi>("tokenizer", tokenizerUrl);

const callTrainer = thread<TrainerWorkerApi>("trainer", trainerUrl, (api) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (message: MessageEvent<TrainerEvent>) => listener?.trainerEvent(message.data);
  return api.connect(transfer(port2, [port2]));
});

export const tokenizerWorker: TokenizerWorkerApi = {
  openCorpus: (files, choices, onProgress) =>
    callTokenizer((api) => api.openCorpus(files, choices, proxy(onProgress))),
  trainTokenizer: (vocabSize, onProgress) =>
    callTokenizer((api) => api.trainTokenizer(vocabSize, proxy(onProgress))),
  useTokenizer: (model) => callTokenizer((api) => api.useTokenizer(model)),
  encodeCorpus: (model, onProgress) =>
    callTokenizer((api) => api.encodeCorpus(model, proxy(onProgress))),
  measureTokenizer: (onProgress) => callTokenizer((api) => api.measureTokenizer(proxy(onProgress))),
  countPieces: (onProgress) => callTokenizer((api) => api.countPieces(proxy(onProgress))),
  listPieces: () => callTokenizer((api) => api.listPieces()),
  encodeText: (text) => callTokenizer((api) => api.encodeText(text)),
  cancel: () => callTokenizer((api) => api.cancel()),
};

export const trainerWorker: Omit<TrainerWorkerApi, "connect"> = {
  describeAdapter: () => callTrainer((api) => api.describeAdapter()),
  startRun: (request, onProgress) =>
    callTrainer((api) =>
      // Token streams without storage move to the worker; the page's arrays are empty afterwards.
      api.startRun(transfer(request, movedBuffers(request.corpus)), proxy(onProgress)),
    ),
  calibrate: (request, onProgress) =>
    callTrainer((api) => api.calibrate(request, proxy(onProgress))),
  cancelCalibration: () => callTrainer((api) => api.cancelCalibration()),
  pause: () => callTrainer((api) => api.pause()),
  resume: () => callTrainer((api) => api.resume()),
  stop: () => callTrainer((api) => api.stop()),
  generate: (request) => callTrainer((api) => api.generate(request)),
  stopGeneration: () => callTrainer((api) => api.stopGeneration()),
  setSamples: (schedule) => callTrainer((api) => api.setSamples(schedule)),
  tellSheet: (prompts, sampling) => callTrainer((api) => api.tellSheet(prompts, sampling)),
  cancelRound: () => callTrainer((api) => api.cancelRound()),
  packCheckpoint: (contents) => callTrainer((api) => api.packCheckpoint(contents)),
  saveCheckpoint: (contents, onProgress) =>
    callTrainer((api) => api.saveCheckpoint(contents, proxy(onProgress))),
  openCheckpoint: (file, name) => callTrainer((api) => api.openCheckpoint(file, name)),
  attachCorpus: (corpus) =>
    callTrainer((api) => api.attachCorpus(transfer(corpus, movedBuffers(corpus)))),
  listCheckpoints: () => callTrainer((api) => api.listCheckpoints()),
  addCheckpoint: (file, name, onProgress) =>
    callTrainer((api) => api.addCheckpoint(file, name, proxy(onProgress))),
  storedFile: (id) => callTrainer((api) => api.storedFile(id)),
  storedModel: (id) => callTrainer((api) => api.storedModel(id)),
  renameCheckpoint: (id, name) => callTrainer((api) => api.renameCheckpoint(id, name)),
  discardCheckpoint: (id) => callTrainer((api) => api.discardCheckpoint(id)),
  restoreCheckpoint: (id) => callTrainer((api) => api.restoreCheckpoint(id)),
  purgeCheckpoint: (id) => callTrainer((api) => api.purgeCheckpoint(id)),
};

/** Starts the tokenizer worker, so that its code is here when it is needed; work under way goes on. */
export function warmUpTokenizerWorker(): Promise<void> {
  return callTokenizer(async () => undefined);
}
