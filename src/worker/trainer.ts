/** The trainer worker: owns the GPU device and the run. */
import { expose } from "comlink";
import { adapterFacts, Gpu } from "../engine/gpu/device";
import { readCheckpointFacts } from "../formats/checkpoint-read";
import { type Problem, problem } from "../lib/errors";
import { Session } from "../session/session";
import { openStored } from "../storage/stored-corpus";
import type { StoredCorpus } from "../storage/stored-tokens";
import type { EncodedCorpus } from "../text/encode-corpus";
import type { CheckpointContents, OnProgress, TrainerEvent, TrainerWorkerApi } from "./api";
import "./errors";
import { addToLibrary, libraryApi } from "./library";

let port: MessagePort | null = null;
let session: Promise<Session> | null = null;

function emit(event: TrainerEvent): void {
  port?.postMessage(event);
}

/** The device is asked for when it is first needed, and again where the last attempt failed. */
function openSession(): Promise<Session> {
  session ??= (async () => {
    let opened: Session | null = null;
    const onProblem = (reason: Problem) => {
      if (reason.code === "device-lost") {
        // The next run gets a new device.
        session = null;
        opened?.fail(reason);
      } else emit({ type: "problem", problem: reason });
    };
    const gpu = await Gpu.open(navigator.gpu, onProblem, isSecureContext);
    opened = new Session(gpu, emit);
    return opened;
  })();
  session.catch(() => {
    session = null;
  });
  return session;
}

/** Opens a corpus for a run, which closes it in the end; closes it here when the run does not take it. */
async function withCorpus<T>(
  stored: StoredCorpus,
  use: (corpus: EncodedCorpus) => Promise<T>,
): Promise<T> {
  const corpus = await openStored(stored);
  try {
    return await use(corpus);
  } catch (thrown) {
    corpus.train.close();
    corpus.heldOut.close();
    throw thrown;
  }
}

function onCompiled(onProgress: OnProgress) {
  return (done: number, total: number) => onProgress({ phase: "compiling", done, total });
}

/** The file tells the step that it is of: training may be further on by now. */
async function packCheckpoint(contents: CheckpointContents) {
  const file = await (await openSession()).saveCheckpoint(contents);
  const { progress } = await readCheckpointFacts(file, "The checkpoint");
  return { file, step: progress.step };
}

const api: TrainerWorkerApi = {
  async connect(events) {
    port = events;
  },
  async describeAdapter() {
    if (navigator.gpu === undefined) {
      throw problem("webgpu-missing", { secureContext: isSecureContext });
    }
    const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
    if (adapter === null) throw problem("adapter-missing", {});
    return adapterFacts(adapter);
  },
  startRun: (request, onProgress) =>
    withCorpus(request.corpus, async (corpus) =>
      (await openSession()).start({ ...request, corpus }, onCompiled(onProgress)),
    ),
  calibrate: async (request, onProgress) => (await openSession()).calibrate(request, onProgress),
  cancelCalibration: async () => (await openSession()).cancelCalibration(),
  pause: async () => (await openSession()).pause(),
  resume: async () => (await openSession()).resume(),
  stop: async () => (await openSession()).stop(),
  generate: async (request) => (await openSession()).generate(request),
  stopGeneration: async () => (await openSession()).stopGeneration(),
  setSamples: async (schedule) => (await openSession()).setSamples(schedule),
  tellSheet: async (prompts, sampling) => (await openSession()).tellSheet(prompts, sampling),
  cancelRound: async () => (await openSession()).cancelRound(),
  packCheckpoint,
  saveCheckpoint: async (contents, onProgress) => {
    const { file, step } = await packCheckpoint(contents);
    await addToLibrary(file, "The checkpoint", null, onProgress);
    return step;
  },
  openCheckpoint: async (file, name) => (await openSession()).open(file, name),
  attachCorpus: (stored) =>
    withCorpus(stored, async (corpus) => (await openSession()).attach(corpus)),
  ...libraryApi,
};

expose(api);
