/** The story sheet and the samples: what is told with which settings, and how sheets are compared. */
import type { TrainingConfig } from "../engine/model/config";
import { formatTokens } from "../lib/format";
import type { GenerationEnd, SampleSchedule, SamplingSettings, StoryRound } from "../worker/api";

/** Each as it is, the spaces at the end of some included. */
export const sheetPrompts: readonly string[] = [
  "Once upon a time, Tom is very hungry, but he doesn't",
  "I like apple, but Lily loves",
  "Once upon a time, there is a boy named Tom.",
  "Once upon a time, there is a girl named Lily. One day, she",
  "I love the monkey, but",
  "Once upon a time, there is a monkey",
  "Once upon a time, the sun is dimmed.",
  "Once upon a time, the water is dirty.",
  "Once upon a time, sophia won the first prize in the competition.",
  "Once upon a time, there was a little brown dog named Spot.",
  "Once upon a time, there was a little boy named Tom.",
  "Once upon a time, there was a big whale. ",
  "Once upon a time, there was a ",
  "Once upon a time, ",
  "Once",
  "Tim and Lily were playing in the park.",
  "Tom had a coin that he liked very much.",
  "Tim and Mia like to play in the backyard.",
  "Tom and Mia went to the zoo with Mom and Dad.",
  "Anna liked to speak to her toys.",
  "Lily was playing with her doll in the garden.",
  "Tim likes to talk about politics.",
  "Sophia never eats breakfast.",
  "Lucy tell a weird story.",
  "Lucy and Lily are playing computer games.",
];

/** What tells well at all sizes. Samples and sheets keep to it, so that they can be compared. */
export function usualSampling(max_new_tokens: number): SamplingSettings {
  return {
    temperature: 0.8,
    top_k: 40,
    top_p: 0.95,
    min_p: 0,
    repetition_penalty: 1,
    max_new_tokens,
    seed: 1,
  };
}

/** Three short stories with every other evaluation. */
export function usualSamples({ eval_steps }: Pick<TrainingConfig, "eval_steps">): SampleSchedule {
  return {
    every: 2 * eval_steps,
    prompts: [10, 9, 15].map((place) => sheetPrompts[place]!),
    sampling: usualSampling(60),
  };
}

/** As in “temperature 0.8, top-k 40, top-p 0.95, seed 1”; what is off is left out. */
export function describeSampling(sampling: SamplingSettings): string {
  const { temperature, top_k, top_p, min_p, repetition_penalty, seed } = sampling;
  const greedy = temperature === 0;
  return [
    `temperature ${temperature}`,
    !greedy && top_k > 0 && `top-k ${top_k}`,
    !greedy && top_p < 1 && `top-p ${top_p}`,
    !greedy && min_p > 0 && `min-p ${min_p}`,
    repetition_penalty !== 1 && `repetition penalty ${repetition_penalty}`,
    !greedy && `seed ${seed}`,
  ]
    .filter(Boolean)
    .join(", ");
}

export const endings: Record<GenerationEnd, string> = {
  "end-of-story": "the story ended",
  length: "reached the length",
  stopped: "stopped",
  failed: "ended by an error",
};

/** How rounds are called: by their step, and counted where several are of one step. */
export function roundTitles(rounds: readonly StoryRound[]): string[] {
  return rounds.map(({ step }, at) => {
    const before = rounds.slice(0, at).filter((round) => round.step === step).length;
    const title = `Step ${step.toLocaleString("en")}`;
    return before > 0 ? `${title} (${before + 1})` : title;
  });
}

/** Characters that two texts begin with in common, up to the end of a word. */
export function commonStart(a: string, b: string): number {
  if (a === b) return a.length;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  return a.slice(0, same).search(/\s\S*$/) + 1;
}

/** A sheet as a Markdown document. */
export function sheetMarkdown({ step, sampling, stories }: StoryRound, title: string): string {
  const told = stories.map(
    ({ prompt, text, end, tokens }) =>
      `## ${escaped(prompt)}\n\n**${escaped(prompt)}**${escaped(text)}\n\n*${formatTokens(tokens)}, ${endings[end]}*\n`,
  );
  return [
    `# Story sheet: ${title}, step ${step.toLocaleString("en")}\n`,
    `${describeSampling(sampling)}; up to ${sampling.max_new_tokens} tokens each.\n`,
    ...told,
  ].join("\n");
}

/** What would be read as Markdown is text; lines stay lines. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&").replace(/\n/g, "  \n");
}
