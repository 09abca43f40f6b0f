import type { Gpu } from "../engine/gpu/device";
import { chooseVariants } from "../engine/model/model";
import type { StepMetrics } from "../engine/train/step-state";
import { type Problem, problem, toProblem } from "../lib/errors";
import { nextTask } from "../lib/pace";
import type { EncodedCorpus } from "../text/encode-corpus";
import { calibrate } from "./calibration";
import { openRun, saveRun } from "./checkpoint";
import { pointColumns } from "./history";
import { Rounds } from "./rounds";
import { Run } from "./run";
import { StepReports } from "./step-reports";
import { Teller } from "./teller";
import type {
  Calibration,
  CalibrationProgress,
  CalibrationRequest,
  CheckpointContents,
  Evaluation,
  GenerationRequest,
  MetricPoint,
  OpenedCheckpoint,
  RunRequest,
  RunState,
  RunSummary,
  SampleSchedule,
  SamplingSettings,
  SessionEvent,
} from "./types";

/** Steps in a row without a finite loss and gradient that end a run. */
const MAX_SKIPPED = 3;

/**
 * A run as a state machine, free of any environment: the trainer worker and the headless commands
 * both drive it. One loop does everything that uses the GPU, in turns: a slice of the user's story, a
 * slice of a round of stories or else a training step, or a job (checkpoint, evaluation) between two
 * steps. A story has its turns within an evaluation too.
 */
export class Session {
  /** Training pauses after this step, exactly; null never. */
  pauseAt: number | null = null;
  private state: RunState = "idle";
  private run: Run | null = null;
  private readonly teller: Teller;
  private readonly rounds: Rounds;
  private readonly reports: StepReports;
  /** The step that samples were begun at last. */
  private sampledAt = 0;
  private turn: Promise<unknown> = Promise.resolve();
  private looping = false;
  private lost = false;
  private calibration: AbortController | null = null;

  constructor(
    private readonly gpu: Gpu,
    private readonly emit: (event: SessionEvent) => void,
  ) {
    this.teller = new Teller(emit);
    this.rounds = new Rounds(emit);
    this.reports = new StepReports(emit);
  }

  /** Builds a run and starts it. The earlier run is given up only when the new one is ready. */
  start(
    request: RunRequest,
    onCompiled?: (done: number, total: number) => void,
  ): Promise<RunSummary> {
    return this.replace("training", async () => {
      const run = await Run.create(
        this.gpu,
        {
          ...request,
          variants: chooseVariants(this.gpu.adapter.isFallbackAdapter),
          state: null,
          progress: { tokens: 0, seconds: 0 },
          history: { points: [], evaluations: [], rounds: [] },
          losses: { training: null, validation: null },
          place: null,
        },
        onCompiled,
      );
      try {
        run.attach(request.corpus);
      } catch (error) {
        run.destroy();
        throw error;
      }
      return run;
    });
  }

  /**
   * Opens a checkpoint: paused, prompts work, training waits for its text. A model only cannot train:
   * it is finished.
   */
  async open(file: Blob, name: string): Promise<OpenedCheckpoint> {
    const summary = await this.replace("paused", () => openRun(this.gpu, file, name));
    const { tokenizer, place } = this.run!.options;
    return { run: summary, tokenizer, corpus: place?.corpus ?? null };
  }

  /** Gives an opened checkpoint its text; see Run.attach. */
  async attach(corpus: EncodedCorpus): Promise<RunSummary> {
    const run = this.requireRun("Adding a text");
    run.attach(corpus);
    return this.summary(run);
  }

  async pause(): Promise<void> {
    if (this.state !== "training") return;
    this.enter("paused");
    await this.inTurn(() => this.settle());
  }

  async resume(): Promise<void> {
    const run = this.requireRun("Training");
    if (this.state === "training") return;
    if (!run.learns) throw problem("model-only", { action: "Training on" });
    // One that was stopped early may go on after all.
    const early = this.state === "finished" && run.step < run.options.training.max_steps;
    if ((this.state !== "paused" && !early) || run.corpus === null) {
      throw problem("wrong-state", {
        action: "Training on",
        state: run.corpus === null ? "without its text" : this.state,
      });
    }
    this.reports.restart();
    this.enter("training");
    this.loop();
  }

  /** Ends the run early, with an evaluation on all held-out stories; `resume` takes it up again. */
  async stop(): Promise<void> {
    const run = this.requireRun("Stopping");
    if (this.state !== "training" && this.state !== "paused") return;
    this.enter("finished");
    await this.inTurn(async () => {
      await this.settle();
      const measured = run.options.history.evaluations.at(-1)?.step === run.step;
      if (run.corpus !== null && !measured) await this.evaluate(run, "all");
    });
  }

  /** Tells a story; its text comes as events. A story under way is stopped. */
  async generate(request: GenerationRequest): Promise<void> {
    this.teller.ask(this.requireRun("Telling a story"), request);
    this.loop();
  }

  stopGeneration(): void {
    this.teller.end("stopped");
  }

  /** When the run tells samples from now on. */
  setSamples(schedule: SampleSchedule): void {
    this.requireRun("Telling samples").samples = schedule;
  }

  /**
   * Tells one story for each prompt, all with the weights of the step that the run is at: training
   * waits meanwhile. It comes as an event, and is kept in the run's history.
   */
  tellSheet(prompts: readonly string[], sampling: SamplingSettings): void {
    const run = this.requireRun("Telling a story sheet");
    if (this.rounds.has("sheet")) throw problem("still-busy", { doing: "The story sheet" });
    this.rounds.add({ kind: "sheet", prompts, sampling }, run.step);
    this.loop();
  }

  /** Ends the round of stories that is being told; those that are complete are kept. */
  cancelRound(): void {
    this.rounds.cancel(this.requireRun("Cancelling"));
  }

  /** One safetensors file, taken between two steps. Rejects with `model-only` where there is no more. */
  saveCheckpoint(contents: CheckpointContents): Promise<Blob> {
    return this.inTurn(async () => {
      const run = this.requireRun("Saving");
      await this.settle();
      return saveRun(run, contents);
    });
  }

  /**
   * Measures how fast a model would train here, in buffers of its own: the run is not touched. Not
   * while one trains, because both would be slower than they are.
   */
  async calibrate(
    request: CalibrationRequest,
    onProgress: (progress: CalibrationProgress) => void = () => undefined,
  ): Promise<Calibration> {
    if (this.state === "training" || this.state === "preparing") {
      throw problem("wrong-state", { action: "Measuring the speed", state: this.state });
    }
    this.calibration?.abort();
    const mine = new AbortController();
    this.calibration = mine;
    return this.inTurn(() => calibrate(this.gpu, request, mine.signal, onProgress));
  }

  /** The calibration under way ends after its step, and rejects as cancelled. */
  cancelCalibration(): void {
    this.calibration?.abort();
  }

  /** Resolves when the loop has nothing left to do: training ended or paused, and no story. */
  async idle(): Promise<void> {
    while (this.looping) await this.turn.then(nextTask);
  }

  /** Nothing can go on: of a device that was lost, everything is gone, and what fails after it says nothing new. */
  fail(reason: Problem): void {
    if (this.lost) return;
    this.lost = reason.code === "device-lost";
    this.teller.end("failed");
    this.rounds.drop();
    if (this.run !== null) this.enter("failed");
    this.emit({ type: "problem", problem: reason });
  }

  private requireRun(action: string): Run {
    if (this.run === null) throw problem("wrong-state", { action, state: this.state });
    return this.run;
  }

  private async replace(next: RunState, build: () => Promise<Run>): Promise<RunSummary> {
    const before = this.state;
    if (before === "preparing") {
      throw problem("wrong-state", { action: "Preparing another run", state: before });
    }
    this.enter("preparing");
    return this.inTurn(async () => {
      try {
        await this.settle();
        const run = await build();
        this.teller.end("stopped");
        this.rounds.drop();
        this.run?.destroy();
        this.run = run;
        this.sampledAt = 0;
        this.reports.restart();
      } catch (error) {
        if (this.lost) throw error;
        // What was training goes on as if nothing had been asked.
        this.enter(before);
        if (before === "training") this.loop();
        throw error;
      }
      this.enter(this.run.learns ? next : "finished");
      this.loop();
      return this.summary(this.run);
    });
  }

  private summary(run: Run): RunSummary {
    const { corpus } = run;
    const { history } = run.options;
    return {
      contents: run.learns ? "run" : "model",
      model: run.options.model,
      training: run.options.training,
      parameters: run.parameters,
      flopsPerToken: run.flopsPerToken,
      step: run.step,
      state: this.state,
      memory: run.memory,
      corpus: corpus && { name: corpus.name, fingerprint: corpus.fingerprint },
      history: { ...history, points: pointColumns(history.points) },
      ...(run.samples && { samples: run.samples }),
    };
  }

  private enter(state: RunState): void {
    this.state = state;
    this.emit({ type: "state", state, step: this.run?.step ?? 0 });
  }

  /** Runs `work` when nothing else uses the GPU. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** Waits for the steps under way and tells their metrics. */
  private async settle(): Promise<void> {
    if (this.run === null) return;
    await this.run.drain();
    this.reports.send(this.run);
  }

  private loop(): void {
    if (this.looping) return;
    this.looping = true;
    const turns = async () => {
      while (this.state === "training" || this.teller.busy || this.rounds.busy) {
        await this.inTurn(() => this.takeTurn());
        await nextTask();
      }
    };
    turns()
      .catch((error) => this.fail(toProblem(error)))
      .finally(() => {
        this.looping = false;
      });
  }

  private async takeTurn(): Promise<void> {
    const { run } = this;
    if (run === null) return;
    await this.teller.tell(run);
    if (this.state === "training") this.beginSamples(run);
    if (this.rounds.busy) {
      await this.settle();
      await this.rounds.tell(run, () => this.teller.busy);
      this.reports.rest();
    } else if (this.state === "training") await this.train(run);
  }

  /** Lets the run tell its samples when they are due. */
  private beginSamples(run: Run): void {
    const { samples, step } = run;
    if (samples === undefined || samples.prompts.length === 0) return;
    if (step === 0 || samples.every === 0 || step % samples.every !== 0) return;
    const told = run.options.history.rounds.some(
      (round) => round.kind === "samples" && round.step === step,
    );
    // One that was cancelled is not in the history.
    if (told || step === this.sampledAt) return;
    this.sampledAt = step;
    this.rounds.add({ kind: "samples", ...samples }, step);
  }

  private async train(run: Run): Promise<void> {
    const { eval_steps: interval, max_steps: end } = run.options.training;
    if (run.step >= end) {
      await this.settle();
      await this.evaluate(run, "all");
      this.enter("finished");
      return;
    }
    if (run.step === this.pauseAt) {
      this.enter("paused");
      await this.settle();
      return;
    }
    if (run.step % interval === 0 && run.options.history.evaluations.at(-1)?.step !== run.step) {
      await this.settle();
      await this.evaluate(run, "part");
      this.reports.rest();
    }
    const step = run.step + 1;
    const learningRate = run.learningRate;
    await run.trainStep((metrics, tokens) =>
      this.measured(run, { step, learningRate, tokens }, metrics),
    );
  }

  private async evaluate(run: Run, extent: "part" | "all"): Promise<void> {
    const evaluation: Evaluation = await run.evaluate(extent, () => this.teller.tell(run));
    run.options.history.evaluations.push(evaluation);
    this.emit({ type: "evaluation", evaluation });
  }

  /** A step is finished on the GPU. */
  private measured(
    run: Run,
    at: Pick<MetricPoint, "step" | "learningRate" | "tokens">,
    metrics: StepMetrics,
  ): void {
    if (run !== this.run) return;
    this.reports.take(run, at, metrics);
    if (this.reports.skipped < MAX_SKIPPED || this.state !== "training") return;
    this.enter("paused");
    const diverged = problem("training-diverged", { step: at.step, steps: this.reports.skipped });
    this.emit({ type: "problem", problem: diverged.problem });
  }
}
