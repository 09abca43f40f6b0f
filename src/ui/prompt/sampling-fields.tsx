import { setSampling } from "../../store/prompt";
import { useStudio } from "../../store/studio";
import { More } from "../kit/more";
import { NumberField } from "../kit/number-field";
import styles from "./sampling-fields.module.css";

/** How the next piece is chosen. */
export function SamplingFields() {
  const sampling = useStudio((state) => state.sampling);
  const freshSeed = useStudio((state) => state.freshSeed);
  return (
    <More title="How it tells">
      <div className={styles.grid}>
        <NumberField
          label="Temperature"
          help="0 takes the likeliest piece; higher is bolder."
          value={sampling.temperature}
          min={0}
          max={4}
          step="any"
          onChange={(temperature) => setSampling({ temperature })}
        />
        <NumberField
          label="Top-k"
          unit="pieces"
          help="Chooses among the likeliest so many; 0 is off."
          value={sampling.top_k}
          min={0}
          max={65_535}
          onChange={(top_k) => setSampling({ top_k })}
        />
        <NumberField
          label="Top-p"
          help="Chooses among pieces that together are this likely; 1 is off."
          value={sampling.top_p}
          min={0.01}
          max={1}
          step="any"
          onChange={(top_p) => setSampling({ top_p })}
        />
        <NumberField
          label="Min-p"
          help="Leaves out pieces less likely than this share of the likeliest; 0 is off."
          value={sampling.min_p}
          min={0}
          max={1}
          step="any"
          onChange={(min_p) => setSampling({ min_p })}
        />
        <NumberField
          label="Repetition penalty"
          help="Above 1, pieces that came before come less often; 1 is off."
          value={sampling.repetition_penalty}
          min={0.1}
          max={10}
          step="any"
          onChange={(repetition_penalty) => setSampling({ repetition_penalty })}
        />
        <NumberField
          label="Length"
          unit="tokens"
          help="The longest it may tell."
          value={sampling.max_new_tokens}
          min={1}
          max={10_000}
          onChange={(max_new_tokens) => setSampling({ max_new_tokens })}
        />
        <NumberField
          label="Story seed"
          help="The same seed, prompt and weights give the same story."
          value={sampling.seed}
          min={0}
          max={4_294_967_295}
          disabled={freshSeed}
          onChange={(seed) => setSampling({ seed })}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={freshSeed}
            onChange={({ target }) => useStudio.setState({ freshSeed: target.checked })}
          />
          Another seed each time
        </label>
      </div>
    </More>
  );
}
