import { Rng } from "../../src/lib/rng";

const names = ["Lily", "Tom", "Mia", "Ben", "Anna", "Max", "Zoe", "Sam"];
const animals = ["fox", "dog", "bird", "cat", "mouse", "bear", "duck", "frog"];
const things = ["kite", "ball", "boat", "drum", "hat", "shell", "lamp", "book"];
const places = ["the old mill", "the river", "a green hill", "the big tree", "the quiet pond"];
const deeds = ["found", "lost", "wanted", "saw", "made", "shared", "hid", "carried"];

/** So many small stories, the same for the same seed, closed by lines `<|endoftext|>`. */
export function makeStories(count: number, seed: number): string {
  const rng = new Rng(seed);
  const one = (of: string[]) => of[Math.floor(rng.next() * of.length)]!;
  return Array.from({ length: count }, () => {
    const name = one(names);
    const animal = one(animals);
    const thing = one(things);
    return [
      `Once upon a time there was a little ${animal} who lived near ${one(places)}.`,
      `One day ${name} ${one(deeds)} a ${thing} there. "Whose ${thing} is this?" asked ${name}.`,
      `"It is mine," said the ${animal}. They played with it until the sun went down.`,
    ].join(" ");
  })
    .map((story) => `${story}\n<|endoftext|>\n`)
    .join("");
}
