import { useId, useState } from "react";
import { formatCount } from "../../lib/format";
import { useStudio } from "../../store/studio";
import type { StoryRound } from "../../worker/api";
import { More } from "../kit/more";
import { Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { RoundProgressLine } from "./round-progress";
import styles from "./samples.module.css";
import { ToldStories } from "./told-stories";

/** Stories that the run tells by itself, to see it get better. */
export function SamplesPanel() {
  const all = useStudio((state) => state.rounds);
  const run = useStudio((state) => state.runs);
  const samples = all.filter(({ kind }) => kind === "samples");
  const hint = useStudio(({ run, samples }) =>
    samples.every === 0 || samples.prompts.length === 0
      ? "Samples are off. How often a run tells some is chosen under Model size, Sampling."
      : `${run ? "This run" : "A run"} tells ${formatCount(samples.prompts.length)} short stories every ${formatCount(samples.every)} steps. They are kept here with their step.`,
  );
  return (
    <Panel id="samples" title="Samples">
      <ProblemNotice place="samples" />
      {samples.length === 0 ? <Hint>{hint}</Hint> : <Browse key={run} rounds={samples} />}
      <RoundProgressLine kind="samples" />
    </Panel>
  );
}

/** One step at a time by a slider that stays with the newest until it is moved; all of them below. */
function Browse({ rounds }: { rounds: StoryRound[] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const id = useId();
  const last = rounds.length - 1;
  const place = Math.min(chosen ?? last, last);
  const { step, stories } = rounds[place]!;
  const title = `step ${formatCount(step)}`;
  return (
    <>
      <div className={styles.slider}>
        <label htmlFor={id}>
          Told at <strong data-testid="sample-step">{title}</strong>
        </label>
        {rounds.length > 1 && (
          <input
            id={id}
            type="range"
            min={0}
            max={last}
            value={place}
            aria-valuetext={title}
            onChange={({ target }) => {
              const to = Number(target.value);
              setChosen(to === last ? null : to);
            }}
          />
        )}
      </div>
      <ToldStories label={`Samples at ${title}`} stories={stories} />
      {rounds.length > 1 && (
        <More title={`All samples (${formatCount(rounds.length)} steps), newest first`}>
          {rounds.toReversed().map(({ step, stories }) => (
            <section key={step} className={styles.round}>
              <h3 className={styles.step}>Step {formatCount(step)}</h3>
              <ToldStories label={`All samples, step ${formatCount(step)}`} stories={stories} />
            </section>
          ))}
        </More>
      )}
    </>
  );
}
