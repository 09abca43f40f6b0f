import { presetByName, type TrainingConfig } from "../../engine/model/config";
import { formatCount } from "../../lib/format";
import { setTraining } from "../../store/run";
import { useStudio } from "../../store/studio";
import { More } from "../kit/more";
import { NumberField } from "../kit/number-field";
import { Hint } from "../kit/panel";
import styles from "./training-settings.module.css";

type NumberSetting = {
  [K in keyof TrainingConfig]: TrainingConfig[K] extends number ? K : never;
}[keyof TrainingConfig];

interface Setting {
  key: NumberSetting;
  label: string;
  unit?: string;
  help: string;
  min: number;
  max: number;
  step?: "any";
}

const settings: Setting[] = [
  {
    key: "max_steps",
    label: "Steps",
    unit: "steps",
    help: "How often the weights are changed in the whole run.",
    min: 1,
    max: 1_000_000,
  },
  {
    key: "batch_size",
    label: "Batch size",
    unit: "windows",
    help: "Windows of text looked at together; more is steadier and takes more memory.",
    min: 1,
    max: 1_024,
  },
  {
    key: "gradient_accumulation_steps",
    label: "Batches a step",
    unit: "batches",
    help: "Batches added up for one step: a larger batch without more memory.",
    min: 1,
    max: 1_024,
  },
  {
    key: "learning_rate",
    label: "Learning rate",
    help: "How far a step goes at its peak; too high and the loss jumps.",
    min: 1e-7,
    max: 1,
    step: "any",
  },
  {
    key: "warmup_steps",
    label: "Warm-up",
    unit: "steps",
    help: "Steps in which the learning rate rises to its peak.",
    min: 0,
    max: 1_000_000,
  },
  {
    key: "eval_steps",
    label: "Validate every",
    unit: "steps",
    help: "How often the loss on the held-out stories is measured.",
    min: 1,
    max: 1_000_000,
  },
  {
    key: "weight_decay",
    label: "Weight decay",
    help: "Pulls weights to zero, against learning by heart.",
    min: 0,
    max: 1,
    step: "any",
  },
  {
    key: "max_grad_norm",
    label: "Gradient limit",
    help: "Longer gradients are cut to this length.",
    min: 0.001,
    max: 1_000,
    step: "any",
  },
  {
    key: "seed",
    label: "Seed",
    help: "The same seed on the same GPU gives the same run.",
    min: 0,
    max: 4_294_967_295,
  },
];

/** The settings of the next run. */
export function TrainingSettings() {
  const training = useStudio((state) => state.training);
  const context = useStudio((state) => presetByName(state.preset).model.max_position_embeddings);
  const tokens = training.batch_size * training.gradient_accumulation_steps * context;
  return (
    <More title="Settings">
      <Hint>
        For the next run. One step looks at {formatCount(tokens)} tokens: batch size × batches a
        step × {formatCount(context)} tokens of context.
      </Hint>
      <div className={styles.grid}>
        {settings.map(({ key, ...field }) => (
          <NumberField
            key={key}
            {...field}
            value={training[key]}
            onChange={(value) => setTraining({ [key]: value })}
          />
        ))}
      </div>
    </More>
  );
}
