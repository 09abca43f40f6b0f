import type { ReactNode } from "react";
import { formatCount, formatSmall } from "../../lib/format";
import { tokensPerStep } from "../../store/forecast";
import { planIssues, plannedModel } from "../../store/plan";
import { setShape, setTraining } from "../../store/settings";
import { useStudio } from "../../store/studio";
import { More } from "../kit/more";
import { NumberField } from "../kit/number-field";
import { Hint } from "../kit/panel";
import { SampleScheduleFields } from "../samples/sample-schedule-fields";
import {
  batchFields,
  evaluationFields,
  type Field,
  fieldId,
  optimizerFields,
  scheduleFields,
  shapeFields,
  type TrainingField,
} from "./fields";
import { ScheduleCurve } from "./schedule-curve";
import styles from "./setting-sections.module.css";

/** The settings of the next run, folded away by what they are about. */
export function SettingSections() {
  return (
    <div>
      <ModelSection />
      <OptimizerSection />
      <ScheduleSection />
      <BatchSection />
      <EvaluationSection />
      <SamplingSection />
    </div>
  );
}

function ModelSection() {
  const model = useStudio(plannedModel);
  const issues = useStudio(planIssues);
  return (
    <More
      title="Model"
      aside={`${model.num_hidden_layers} layers of width ${model.hidden_size}, context ${formatCount(model.max_position_embeddings)}`}
    >
      <Grid>
        {shapeFields.map(({ key, ...field }) => (
          <NumberField
            key={key}
            {...field}
            id={fieldId(key)}
            name={key}
            problem={issues.find((issue) => issue.field === key)?.rule}
            value={model[key]}
            onChange={(value) => setShape({ [key]: value })}
          />
        ))}
        <TiedSwitch />
      </Grid>
    </More>
  );
}

function TiedSwitch() {
  const tied = useStudio((state) => plannedModel(state).tie_word_embeddings);
  return (
    <div className={styles.check}>
      <label className={styles.checkLabel}>
        <input
          type="checkbox"
          checked={tied}
          aria-describedby="tie-help"
          onChange={({ target }) => setShape({ tie_word_embeddings: target.checked })}
        />
        Tied embeddings
      </label>
      <p id="tie-help" className={styles.help}>
        One table for reading and for guessing tokens: fewer parameters.{" "}
        <code>tie_word_embeddings</code>
      </p>
    </div>
  );
}

function OptimizerSection() {
  const { learning_rate, weight_decay } = useStudio((state) => state.training);
  return (
    <More
      title="Optimizer"
      aside={`AdamW, learning rate ${formatSmall(learning_rate)}, weight decay ${formatSmall(weight_decay)}`}
    >
      <TrainingFields fields={optimizerFields} />
    </More>
  );
}

function ScheduleSection() {
  const { max_steps, warmup_steps } = useStudio((state) => state.training);
  return (
    <More
      title="Schedule"
      aside={`${formatCount(max_steps)} steps, ${formatCount(warmup_steps)} of them warm-up`}
    >
      <TrainingFields fields={scheduleFields} />
      <ScheduleCurve />
    </More>
  );
}

function BatchSection() {
  const training = useStudio((state) => state.training);
  const model = useStudio(plannedModel);
  const { batch_size, gradient_accumulation_steps: batches } = training;
  return (
    <More
      title="Batch"
      aside={`${formatCount(batch_size)} windows${batches > 1 ? ` × ${formatCount(batches)}` : ""}`}
    >
      <Hint>
        One step looks at {formatCount(tokensPerStep(model, training))} tokens: batch size × batches
        a step × {formatCount(model.max_position_embeddings)} tokens of context.
      </Hint>
      <TrainingFields fields={batchFields} />
    </More>
  );
}

function EvaluationSection() {
  const every = useStudio((state) => state.training.eval_steps);
  return (
    <More title="Evaluation" aside={`every ${formatCount(every)} steps`}>
      <TrainingFields fields={evaluationFields} />
    </More>
  );
}

function TrainingFields({ fields }: { fields: Field<TrainingField>[] }) {
  const training = useStudio((state) => state.training);
  const issues = useStudio(planIssues);
  return (
    <Grid>
      {fields.map(({ key, ...field }) => (
        <NumberField
          key={key}
          {...field}
          id={fieldId(key)}
          name={key}
          problem={issues.find((issue) => issue.field === key)?.rule}
          value={training[key]}
          onChange={(value) => setTraining({ [key]: value })}
        />
      ))}
    </Grid>
  );
}

function Grid({ children }: { children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}

function SamplingSection() {
  const every = useStudio((state) => state.samples.every);
  return (
    <More title="Sampling" aside={every > 0 ? `every ${formatCount(every)} steps` : "never"}>
      <Hint>Stories that the run tells by itself, so that you can watch it learn.</Hint>
      <SampleScheduleFields />
    </More>
  );
}
