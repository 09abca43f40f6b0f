import { countParameters, type Preset, presets } from "../../engine/model/config";
import { formatCount } from "../../lib/format";
import { isChanged } from "../../store/plan";
import { choosePreset } from "../../store/settings";
import { useStudio } from "../../store/studio";
import styles from "./preset-cards.module.css";

/** One of the sizes: radio buttons that look like cards. */
export function PresetCards() {
  return (
    <fieldset className={styles.cards}>
      <legend className="sr-only">Model size</legend>
      {presets.map((preset) => (
        <Card key={preset.name} preset={preset} />
      ))}
    </fieldset>
  );
}

function Card({ preset }: { preset: Preset }) {
  const chosen = useStudio((state) => state.preset === preset.name);
  const changed = useStudio((state) => state.preset === preset.name && isChanged(state));
  const { num_hidden_layers, hidden_size, max_position_embeddings } = preset.model;
  const help = `preset-${preset.name}-help`;
  return (
    <label className={styles.card}>
      <input
        type="radio"
        name="preset"
        className={styles.radio}
        aria-label={preset.label}
        aria-describedby={help}
        checked={chosen}
        onChange={() => choosePreset(preset.name)}
      />
      <span className={styles.body} id={help}>
        <span className={styles.head}>
          <span className={styles.name}>
            {preset.label}
            {changed && <span className={styles.changed}>changed</span>}
          </span>
          <span className={styles.count}>
            {formatCount(countParameters(preset.model))} parameters
          </span>
        </span>
        <span className={styles.purpose}>{preset.purpose}</span>
        <span className={styles.shape}>
          {num_hidden_layers} layers of width {hidden_size}, context {max_position_embeddings}{" "}
          tokens
        </span>
      </span>
    </label>
  );
}
