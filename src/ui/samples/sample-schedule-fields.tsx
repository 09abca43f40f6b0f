import { Plus, X } from "lucide-react";
import { setSamples } from "../../store/rounds";
import { describeSampling } from "../../store/sheet";
import { useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { NumberField } from "../kit/number-field";
import { Hint } from "../kit/panel";
import styles from "./sample-schedule-fields.module.css";

/** More would keep training waiting. */
const MOST_PROMPTS = 8;

/** How often the run tells stories by itself, and how they begin. */
export function SampleScheduleFields() {
  const { every, prompts, sampling } = useStudio((state) => state.samples);
  const setPrompt = (place: number, prompt: string) =>
    setSamples({ prompts: prompts.map((old, at) => (at === place ? prompt : old)) });
  return (
    <div className={styles.fields}>
      <div className={styles.numbers}>
        <NumberField
          label="Samples every"
          unit="steps"
          help="How often it tells them; 0 is never. Training waits meanwhile."
          value={every}
          min={0}
          max={1_000_000}
          onChange={(every) => setSamples({ every })}
        />
        <NumberField
          label="Sample length"
          unit="tokens"
          help="The longest each may be."
          value={sampling.max_new_tokens}
          min={1}
          max={2_000}
          onChange={(max_new_tokens) => setSamples({ sampling: { ...sampling, max_new_tokens } })}
        />
      </div>
      <fieldset className={styles.prompts}>
        <legend>How they begin</legend>
        {prompts.map((prompt, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a prompt is what stands in its place
          <div key={place} className={styles.row}>
            <input
              className={styles.input}
              aria-label={`Sample prompt ${place + 1}`}
              value={prompt}
              spellCheck={false}
              onChange={({ target }) => setPrompt(place, target.value)}
            />
            <Button
              quiet
              icon={X}
              aria-label={`Remove sample prompt ${place + 1}`}
              onClick={() => setSamples({ prompts: prompts.filter((_, at) => at !== place) })}
            />
          </div>
        ))}
        {prompts.length < MOST_PROMPTS && (
          <div>
            <Button quiet icon={Plus} onClick={() => setSamples({ prompts: [...prompts, ""] })}>
              Add a prompt
            </Button>
          </div>
        )}
      </fieldset>
      <Hint>Always told with {describeSampling(sampling)}, so that steps can be compared.</Hint>
    </div>
  );
}
