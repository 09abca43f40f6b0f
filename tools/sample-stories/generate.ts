import { Rng } from "../../src/lib/rng";
import { tellStory } from "./story";

/** Any seed would do; this one is never changed, so that the file stays the same. */
const seed = 20;
const wantedBytes = 1_000_000;

/** About 1 MB of stories (CC0), no two the same, each closed by a line `<|endoftext|>`. */
export function sampleStories(): string {
  const rng = new Rng(seed);
  const stories = new Set<string>();
  let length = 0;
  while (length < wantedBytes) {
    const story = tellStory(rng);
    if (stories.has(story)) continue;
    stories.add(story);
    length += story.length;
  }
  return [...stories].map((story) => `${story}\n<|endoftext|>\n`).join("");
}
