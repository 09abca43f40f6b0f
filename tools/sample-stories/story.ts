import type { Rng } from "../../src/lib/rng";
import type { Plot } from "./plot";
import { bravePlots } from "./plots-brave";
import { friendPlots } from "./plots-friends";
import { homePlots } from "./plots-home";
import { makingPlots } from "./plots-making";
import { polish, Teller } from "./teller";

const plots: readonly Plot[] = [...homePlots, ...bravePlots, ...friendPlots, ...makingPlots];

const openings = [
  "Once upon a time, there was {intro}.",
  "There once was {intro}.",
  "This is the story of {intro}.",
  "In a {#sizes} {#builds} house near {place}, there lived {intro}.",
  "Not far from {place}, there lived {intro}.",
  "Long ago, in a village between {place} and {place2}, there lived {intro}.",
  "Do you know {hero}? {Hero} was {article}.",
  "At the end of a {#sizes} street stood a {#builds} house with a {#colors} roof, and in it lived {intro}.",
  "Everybody near {place} knew {hero}, {article}.",
  "{Hero} was {article} who lived near {place}.",
];

/** What makes somebody different from everybody else. */
const portraits = [
  "{He} always wore a {#colors} {#clothes} and [a|a very old|a much too big] {#colors} {#clothes}.",
  "{He} liked {food2}, but {he} could not stand {#vegetables}.",
  "{His} favorite game was {#games}.",
  "In {his} pocket {he} carried a {#pocketThings}, a {#pocketThings}, and {#numbers} {#smallThings}.",
  "{He} collected {#collections}, and {he} already had a {#cloths} bag full.",
  "When {he} grew up, {he} wanted to become a {#jobs} or a {#jobs}.",
  "At night {he} often dreamed of a {#nouns} and a {#nouns}.",
  "{He} could imitate a {#animals} so well that even the {#animals} was fooled.",
  "From {his} window {he} could see {place2} and a row of {#trees} trees.",
  "A family of {#creatures} lived under {his} roof, and {he} greeted them every morning.",
  "{He} had {#looks} and {#looks}.",
  "Some said that {he} was {#traits}, and others said that {he} was {#traits}. Both were right.",
  "{He} played the {#instruments}, but only when nobody listened.",
  "{He} was friends with all the {#birds} and most of the {#creatures}.",
  "{He} was never seen without {his} {#colors} {#clothes}.",
  "{He} spoke {#adverbs} and ate {#adverbs}.",
  "{He} could run {#adverbs}, whistle {#adverbs}, and sleep {#adverbs}.",
  "{He} knew {#numbers} words for rain and only one for sunshine.",
  "In {his} garden grew {#flowers}, {#flowers}, and {#vegetables}.",
  "{He} lived with {parent} and with {#numbers} {#creatures}, if one counted those in the garden.",
];

const evenings = [
  "That night {hero} dreamed of a {#nouns} that could talk and of a {#nouns} full of {#fruits}.",
  "Before {he} fell asleep, {hero} wrote a single word in {his} diary: {#diary}.",
  "Outside, the {#singers} sang in the dark, and the moon looked in at the window.",
  "In bed {he} told it all again to {his} {#colors} blanket, from beginning to end.",
  "{Parent} tucked {him} in and told {him} a story about a {#nouns}, a {#nouns}, and a very {#traits} {#jobs}.",
  "When the stars came out, {hero} was already asleep, with a smile on {his} face.",
  "And if {he} has not grown up, {he} still plays {#games} {inPlace}.",
  "The {#jobs} still tells the story to everyone who comes by.",
  "For supper they ate {food2}, and everybody took [two|three] helpings.",
  "{He} looked at the sky. {Weather2}. It had been a long day, and a good one.",
];

const lessons = [
  "{moral}",
  "And so {hero} learned something: {moral}",
  "{Elder} always says: {moral}",
  "{Hero} never forgot it: {moral}",
  "{moral} The end.",
];

/** What `in` does not suit. */
const prepositions: Record<string, readonly string[]> = {
  on: [
    "the riverbank",
    "the old bridge",
    "the hilltop",
    "the beach",
    "the cliff",
    "the village square",
    "the playground",
    "the rocky shore",
    "the frozen lake",
    "the ferry dock",
    "the dunes",
  ],
  at: [
    "the pond",
    "the waterfall",
    "the harbor",
    "the lighthouse",
    "the windmill",
    "the stone well",
    "the ruined tower",
    "the campground",
    "the stream",
    "the lagoon",
    "the fairground",
    "the market",
    "the crossroads",
    "the duck pond",
    "the blackberry hedge",
    "the sheepfold",
    "the canal",
  ],
};

function inPlace(place: string): string {
  const preposition = Object.keys(prepositions).find((word) => prepositions[word]!.includes(place));
  return `${preposition ?? "in"} ${place}`;
}

/** Names that a fact is also known by, for the cases of a pronoun. */
function setPronouns(teller: Teller, female: boolean, prefix: "" | "f" | "e"): void {
  teller.set(`${prefix}he`, female ? "she" : "he");
  teller.set(`${prefix}him`, female ? "her" : "him");
  teller.set(`${prefix}his`, female ? "her" : "his");
  teller.set(`${prefix}hers`, female ? "hers" : "his");
  teller.set(`${prefix}himself`, female ? "herself" : "himself");
}

/** Who is in the story: all of them children, or all of them animals. */
function setCast(teller: Teller, family: boolean): void {
  const animals = teller.chance(0.45);
  const female = teller.chance(0.5);
  const friendFemale = teller.chance(0.5);
  setPronouns(teller, female, "");
  setPronouns(teller, friendFemale, "f");
  teller.set("hand", animals ? "paw" : "hand");
  if (animals) {
    teller.set("hero", "{#petNames}");
    teller.set("kind", "{#animals}");
    teller.set("friend", "{#petNames}");
    teller.set("fkind", "{#animals}");
    teller.set("friendFull", "{friend} the {fkind}");
  } else {
    const [names, friendNames] = [female, friendFemale].map((is) => (is ? "{#girls}" : "{#boys}"));
    teller.set("hero", names!);
    teller.set("kind", female ? "girl" : "boy");
    teller.set("friend", friendNames!);
    teller.set("fkind", friendFemale ? "girl" : "boy");
    teller.set(
      "friendFull",
      "[{his} neighbor|{his} cousin|{his} classmate|{his} friend|{his} old friend|little] {friend}",
    );
  }
  teller.set("article", "a {#traits}[| young| little| little] {kind}");
  teller.set("intro", "{article} named {hero}");
  setElder(teller, animals, family);
}

function setElder(teller: Teller, animals: boolean, family: boolean): void {
  const female = teller.chance(0.5);
  setPronouns(teller, female, "e");
  if (family || teller.chance(0.5)) {
    const relatives = female
      ? "mother|grandmother|aunt|big sister"
      : "father|grandfather|uncle|big brother";
    teller.set("elder", `{his} [${relatives}]`);
    teller.set("elderFull", "{elder}");
    teller.set("parent", "{elder}");
    return;
  }
  teller.set("elder", `${female ? "Mrs." : "Mr."} {#surnames}`);
  teller.set("elderFull", animals ? "[old|wise old|good old] {elder}" : "{elder} the {#jobs}");
  teller.set("parent", "{his} [mother|father|grandmother|grandfather]");
}

function setProps(teller: Teller): void {
  teller.set("place", "{#outdoors}");
  teller.set("place2", "{#outdoors}");
  teller.set("room", "{#indoors}");
  teller.set("thing", "{#treasures}");
  teller.set("toy", "{#toys}");
  teller.set("treasure2", "{#treasures}");
  teller.set("food", "{#foods}");
  teller.set("food2", "{#foods}");
  teller.set("instrument", "{#instruments}");
  teller.set("critic", "[grumpy|gruff|strict|serious] {#jobs}");
  teller.set("petName", "{#petNames}");
  teller.set("time", "{#times}");
  teller.set("weather", "{#weathers}");
  teller.set("weather2", "{#weathers}");
  teller.set("ownTree", "the [old|tall|crooked|hollow|big] {#trees} tree");
  teller.set("drink", "[lemonade|hot cocoa|apple juice|mint tea|warm milk|ginger ale]");
  teller.set("meal", "[breakfast|lunch|supper]");
  const thing = teller.tell("{thing}");
  teller.set("noun", thing.slice(thing.lastIndexOf(" ") + 1));
}

/** One story: paragraphs on lines of their own. */
export function tellStory(rng: Rng): string {
  const teller = new Teller(rng);
  const plot = teller.choose(plots);
  setCast(teller, plot.family ?? false);
  setProps(teller);
  if (plot.sets) {
    for (const [name, template] of Object.entries(teller.choose(plot.sets))) {
      teller.set(name, template);
    }
  }
  teller.set("inPlace", inPlace(teller.tell("{place}")));
  teller.set("moral", teller.choose(plot.morals));
  const opening = [teller.choose(openings)];
  const portrait = [...portraits];
  for (let wanted = 1 + rng.below(3); wanted > 0; wanted--) {
    opening.push(portrait.splice(rng.below(portrait.length), 1)[0]!);
  }
  const paragraphs = [opening.join(" "), ...plot.parts.map((versions) => teller.choose(versions))];
  const ending = [];
  if (teller.chance(0.6)) ending.push(teller.choose(evenings));
  if (teller.chance(0.7)) ending.push(teller.choose(lessons));
  if (ending.length > 0) paragraphs.push(ending.join(" "));
  return paragraphs.map((paragraph) => polish(teller.paragraph(paragraph))).join("\n");
}
