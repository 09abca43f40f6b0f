import type { Plot } from "./plot";

/** Something precious is lost and found again. */
const lostAndFound: Plot = {
  sets: [
    {
      finder: "a {#traits} magpie",
      nest: "high up in {ownTree}",
      why: "It liked shiny things more than anything",
    },
    {
      finder: "a {#traits} puppy",
      nest: "under a heap of dry leaves",
      why: "It thought everything was a game",
    },
    {
      finder: "the wind",
      nest: "on the roof of the {#builds} shed",
      why: "It had blown hard all night",
    },
    {
      finder: "a family of {#creatures}",
      nest: "inside a hollow log",
      why: "They had made a cozy bed of it",
    },
    {
      finder: "a baby squirrel",
      nest: "in a hole between the roots",
      why: "It had mistaken it for a giant nut",
    },
    {
      finder: "the {#traits} {#jobs}",
      nest: "on a shelf behind the door",
      why: "Somebody had handed it in the day before",
    },
  ],
  parts: [
    [
      "The thing that {he} loved most was {his} {thing}. [{He} took it everywhere, even to bed.|It had been a present from {elderFull}.|{He} polished it every Sunday until it gleamed.] But {time}, when {he} reached into {his} pocket, the {noun} was gone!",
      "For {his} birthday, {elderFull} had given {him} a {thing}. [{He} showed it to everybody on the street.|No other {noun} in the world was quite like it.] Then, {time}, {he} looked on {his} shelf and found nothing but a ring of dust where the {noun} had been.",
      "{Hero} owned a {thing}, and {he} kept it in a {#materials} box next to {his} bed. {Time}, [the lid stood open|the box lay on its side], and the {noun} had vanished.",
    ],
    [
      '"Oh no!" {hero} {#saidSadly}. "I must have dropped it somewhere." {He} looked under the bed, behind the [curtain|cupboard|sofa], and even inside {his} left boot. [All {he} found was an old sock and {#numbers} crumbs.|There was only a sleepy spider, who did not know anything.|Something went {#sounds}, but it was only a loose board.]',
      "{Hero} felt {#sad}. {He} searched {room} from top to bottom. {He} moved the {#tools} and the {#tools}, and {he} peeked into a {#materials} basket full of {#vegetables}. [Nothing!|It was not there either.|There was no {noun} anywhere.]",
      '"Think back," said {elder}. "Where did you play yesterday?" {Hero} closed {his} eyes and remembered. {He} had played {#games} {inPlace}. So {he} {#moves} all the way back, looking left and right.',
    ],
    [
      '{FriendFull} saw {him} and asked what was wrong. "Two pairs of eyes see more than one," {friend} {#saidKindly}. [Together they followed a row of tiny footprints.|Together they asked everybody they met.|They divided the path, so that each had one side to search.] A {#jobs} had seen nothing. A {#jobs} only shook his head.',
      '"I will help you look," {friendFull} {#saidKindly}. They asked the {#creatures}, who were too busy to answer. They asked an old {#jobs}, who scratched his chin and pointed toward {place2}.',
      'Near {place2}, {hero} met {friend}, a {#traits} {fkind}. "Have you seen a {thing}?" {he} asked. "Not yet," {friend} answered, "but I am good at finding things. Once I found a {#tools} in a bowl of soup!" [They both had to laugh.|That made {hero} feel a little better.]',
    ],
    [
      "At last something [glittered|moved|shimmered] {nest}. It was the {thing}! {Finder} had taken it there. [{Why}.|{Why}, and nobody could be angry about that.] {Hero} [asked nicely, and|waited patiently, and soon] {he} held the {noun} in {his} {hand}s again.",
      "Then they heard a small sound: {#sounds}, {#sounds}! It came from somewhere close by. And there, {nest}, lay the {thing}, as good as new. It turned out that {finder} had carried it away. {Why}.",
    ],
    [
      '"Thank you, {friend}!" {hero} {#saidGladly}. {He} felt {#happy}. From then on, {he} tied the {noun} to {his} [belt|wrist|bag] with a piece of string, [and it was never lost again|and {he} let {friend} play with it every {#days}].',
      "They {#moves} home before dark. {Elder} gave them {food}, and {hero} told the whole story [twice|three times], once with all the sounds in it. That night the {noun} lay safely under {his} pillow.",
      'To celebrate, they sat down under {ownTree} and shared {food}. "Losing it was terrible," said {hero}, "but looking for it with you was [fun|a real adventure]."',
    ],
  ],
  morals: [
    "Sometimes a friend is the best thing that you find.",
    "Things are easier to find when you do not look for them alone.",
    "What we love, we should look after.",
    "If you stay calm and keep searching, you often find what you lost.",
  ],
};

/** Something is baked or cooked, and something goes wrong. */
const baking: Plot = {
  sets: [
    {
      mistake: "used salt instead of sugar",
      oops: "It tasted like the sea",
      fix: "mixed a new dough and tasted every spoonful first",
    },
    {
      mistake: "forgot the yeast",
      oops: "It stayed as flat as a plate",
      fix: "cut it into stars and turned it into crackers",
    },
    {
      mistake: "left it in the oven too long",
      oops: "It came out as black as coal",
      fix: "started again and watched the clock",
    },
    {
      mistake: "dropped the whole bowl on the floor",
      oops: "Batter dripped from the ceiling",
      fix: "wiped everything clean and measured again",
    },
    {
      mistake: "put in a whole jar of pepper",
      oops: "Everybody began to sneeze",
      fix: "read the recipe aloud, line by line",
    },
    {
      mistake: "opened the oven too early",
      oops: "It sank in the middle with a sad sigh",
      fix: "filled the hole with whipped cream and {#fruits}",
    },
  ],
  parts: [
    [
      "It was almost {elder}'s birthday, and {hero} wanted to make {food}. [{He} had never cooked alone before.|{He} had watched how it was done many times.] {He} tied on a {#colors} apron that reached down to {his} toes.",
      '{Time}, a delicious smell filled {room}. {ElderFull} was making {food}. "May I help?" asked {hero}. "Of course," said {elder}, "but first wash your {hand}s."',
      "In the village there would be a feast, and everyone had to bring something to eat. {Hero} decided to bring {food}. [{He} wrote a list with a stubby pencil.|{He} counted {his} coins and {#moves} to the market.]",
    ],
    [
      "{He} set out flour, butter, {#numbers} eggs, and a bowl of {#fruits}. {He} [stirred|kneaded|whisked] and [poured|sifted|sprinkled] until there was dough on {his} nose and flour on the cat. {FriendFull} came by and [licked the spoon|turned the pages of the cookbook|chopped the {#vegetables}].",
      'First {he} peeled the {#vegetables}. Then {he} washed the {#fruits}. {FriendFull} fetched water from the well, and the pot began to bubble: [blub, blub|plop, plop|blip, blop]! ["It sings!" laughed {friend}.|"Do not touch, it is hot," warned {elder}.]',
      '"How much sugar?" asked {friendFull}, who had come to help. "A cup," said {hero}. "Or was it a spoon?" They [giggled|shrugged] and [guessed|looked at the sticky recipe, but the page was torn].',
    ],
    [
      'But {hero} was in such a hurry that {he} {mistake}. {Oops}. "Oh dear," {he} {#saidSadly}. "Everything is ruined." {He} felt so {#sad} that a tear rolled down {his} cheek.',
      "Then something went wrong. Without noticing it, {hero} {mistake}. {Friend} took the first bite and made a face like a {#animals}. {Oops}!",
    ],
    [
      '"Every cook makes mistakes," {elder} {#saidKindly}. "Do you know what I did when I was small? I baked a {#tools} into a cake!" {Hero} had to smile. {He} dried {his} face and {fix}.',
      '{Friend} put a {hand} on {his} shoulder. "We can fix it," {fhe} {#saidKindly}. So they {fix}. [It took all afternoon.|This time nobody was in a hurry.|They hummed a tune while they worked.]',
    ],
    [
      "When everything was ready, it smelled [wonderful|of butter and cinnamon|better than ever]. {Elder} ate {#numbers} helpings, and even the {#traits} {#jobs} from next door asked for more. {Hero} felt {#happy}.",
      'In the evening they lit a lantern and sat down together. "This is the best meal of my life," {elder} {#saidGladly}. {Hero} and {friend} clinked their cups of {drink}: [clink|cling|ting]! Only a few crumbs were left for the {#creatures}.',
    ],
  ],
  morals: [
    "A mistake is only the first step of a better recipe.",
    "Food tastes best when it is shared.",
    "Slow {hand}s make good bread.",
    "You may spill the milk and still bake the cake.",
  ],
};

/** A toy or a treat that two want. */
const sharing: Plot = {
  parts: [
    [
      "{Time}, {hero} got a brand-new {toy}. [It was {#colors} with {#colors} stripes.|It had {#numbers} tiny bells on it.|It smelled of fresh paint.] {He} thought it was the finest {toy} in the whole world.",
      '{ElderFull} had made a {toy} out of [wood|tin|cardboard|leather|scraps] and {#supplies}. "It is for you," said {elder}. {Hero} hugged {ehim} and {#moves} outside at once to try it.',
      "At the market {hero} had saved up for weeks, and now the {toy} was finally {hers}. {He} carried it home past {place2} as carefully as if it were made of eggshells.",
    ],
    [
      'Soon {friend} came along. {Friend} was a {fkind} who lived nearby. "May I have a turn?" {fhe} asked. But {hero} held on tight. "No! It is mine," {he} said. {Friend} looked down at {fhis} feet and {#moves} away.',
      '"That looks like fun," said {friend}, the {#traits} {fkind} from next door. "Can we play together?" {Hero} shook {his} head. "You might break it." [{Friend} said nothing.|{Friend} swallowed hard.] {Fhe} sat down under {ownTree}, feeling {#sad}.',
    ],
    [
      "{Hero} played alone. At first it was fun, but after a while it was [dull|boring|not fun at all]. There was nobody to [laugh with|race against|clap]. [Even the {#creatures} went somewhere else.|A cloud slid over the sun.] {He} looked over at {friend} and felt {#sad}, too.",
      'All afternoon {hero} had the {toy} to {himself}. But {his} game was missing something. {He} asked {elder}, "Why is it not fun anymore?" {Elder} answered, "[Joy is like a candle. It can light another one and still shine.|A {toy} has room for more than one smile.|Try it with a friend, and you will see.]"',
    ],
    [
      'So {hero} {#moves} over to {friend}. "I am sorry," {he} {#saidSoftly}. "I was selfish. Would you like to go first?" {Friend} looked up, and {fhis} whole face lit up. "Really?" {fhe} {#saidGladly}.',
      '"Let us take turns," said {hero}. "You count to {#numbers}, and then I count to {#numbers}." {Friend} nodded so hard that {fhis} hat fell off. And {fhe} had something to share as well: a bag of {#fruits}!',
    ],
    [
      "They played until the {#creatures} went to sleep. They invented a game with a {#nouns} and a {#nouns} in it, and nobody else could understand the rules. {Hero} felt {#happy}.",
      "After that, the two of them met {inPlace} every day. The {toy} got a few scratches, but [{hero} did not mind|that only made it more beautiful]. Each scratch was a memory of something funny.",
    ],
  ],
  morals: [
    "When you share a toy, the fun becomes twice as big.",
    "A smile that you share comes back to you.",
    "It is lonely to own everything alone.",
    "Taking turns makes good friends.",
  ],
};

/** Something got broken, and the truth is hard to say. */
const honesty: Plot = {
  family: true,
  sets: [
    { broken: "the {#colors} vase", how: "kicked the ball a little too hard", blame: "the cat" },
    { broken: "the kitchen window", how: "practiced throwing stones at a can", blame: "the wind" },
    {
      broken: "{elder}'s reading glasses",
      how: "used them to look at a beetle",
      blame: "the puppy",
    },
    {
      broken: "the handle of the [clay|copper|silver|china] teapot",
      how: "played {#games} indoors",
      blame: "a visitor",
    },
    {
      broken: "the big mirror in the hall",
      how: "swung the {#tools} like a sword",
      blame: "a ghost",
    },
    { broken: "the garden gate", how: "rode on it like a horse", blame: "the neighbor's goat" },
  ],
  parts: [
    [
      '"Please be careful in {room}," {elderFull} always said. But {time}, {hero} forgot. {He} {how}. {#Sounds}! A moment later {broken} lay broken on the ground.',
      "It happened when nobody was watching. {Hero} {how}, and then there was a terrible noise: {#sounds}, {#sounds}! {Broken} was broken.",
    ],
    [
      '{Hero} felt {#scared}. {He} pushed the pieces under the rug and tiptoed away. When {elder} came home and asked what had happened, {he} said quickly, "It was {blame}!" [{His} ears turned as red as ripe cherries.|{He} could not look {ehim} in the eye.]',
      'What should {he} do? "I could say that it was {blame}," {he} thought. So that is what {he} told {elder}. {Elder} only raised an eyebrow. "I see," {ehe} said.',
    ],
    [
      "At supper there was {food}, but {hero} could not swallow a bite. {His} stomach felt as if it were full of {#stuff} and {#supplies}. In bed {he} turned from one side to the other. The moon looked in, and even the moon seemed to know.",
      'The next day {hero} told {friendFull} everything. "A lie is like a pebble in your shoe," {friend} {#saidKindly}. "It hurts more with every step." {Hero} nodded. {He} felt {#sad}.',
    ],
    [
      'Finally {he} could not bear it any longer. "It was not {blame}," {he} {#saidSoftly}. "It was me. I {how}. I am so sorry." {He} waited for a scolding. But {elder} took {him} by the {hand}.',
      '{He} {#moves} to {elder} and took a deep breath. "I broke it," {he} {#saidSoftly}, "and then I did not tell the truth." For a moment it was very quiet. One could hear the clock go tick, tock, tick, tock.',
    ],
    [
      '"Thank you for telling me," {elder} {#saidKindly}. "Things can be mended. Trust is harder to mend, and you have just done it." Together they fetched {#supplies} and {#supplies} and repaired what they could.',
      '"That took courage," said {elder}. "I knew it all along, but I wanted to hear it from you." {Hero} promised to help in the garden for {#numbers} days, and {he} kept {his} word. {He} planted {#vegetables}, and {he} felt {#happy} again.',
    ],
  ],
  morals: [
    "The truth may be heavy, but a lie is heavier.",
    "Honest words make the heart light.",
    'It is brave to say, "It was me."',
    "Everybody makes mistakes, but only the brave admit them.",
  ],
};

/** Someone is ill, and a friend thinks of something. */
const sickFriend: Plot = {
  sets: [
    { illness: "had caught a bad cold", gift: "a pot of {food2}" },
    { illness: "had broken an arm", gift: "a story in {#numbers} chapters" },
    { illness: "was in bed with a sore throat", gift: "a jar of honey and a joke for every hour" },
    { illness: "had a fever and had to lie still", gift: "a theater made of a cardboard box" },
    {
      illness: "had twisted an ankle",
      gift: "a walking stick carved from {#trees} wood and painted {#colors}",
    },
    { illness: "was covered with itchy red spots", gift: "a basket of {#fruits} with a bow on it" },
  ],
  parts: [
    [
      "Every {#days}, {hero} and {friendFull} played {#games} {inPlace}. But this time {friend} did not come. {Hero} waited and waited. At last {elderFull} brought the news: {friend} {illness}.",
      "{Time}, {hero} knocked at the door of {friendFull}, [rat-a-tat|tap, tap, tap|knock, knock], but nobody opened. A note said that {friend} {illness}. The game of {#games} had to be called off.",
    ],
    [
      '"Poor {friend}!" {hero} {#saidSadly}. "It must be so boring to lie in bed all day." {He} sat down on a {#builds} bench and thought hard. {He} thought about a {#nouns} and a {#nouns}. And then {he} had an idea.',
      '{Hero} felt {#sad}. "Can I do something?" {he} asked {elder}. "You are no {#jobs}," {ehe} {#saidKindly}, "but a good friend is the second-best medicine."',
    ],
    [
      "{He} worked the whole day. {He} used {#supplies}, {#supplies}, and a bit of {#colors} paint. On the way to {friend}'s house {he} picked {#flowers} and {#flowers}. [It began to drizzle, but {he} did not turn back.|The path was steep, and {he} had to rest twice.]",
      "{He} asked all the neighbors to help. The {#jobs} wrote a poem. The {#jobs} sent a {#materials} bird on a string. Even the {#traits} old {#jobs} gave a smile to take along.",
    ],
    [
      'When {hero} came in, {friend} was staring at the ceiling. "I brought you something," {he} {#saidGladly}. It was {gift}. {Friend} sat up, and for the first time in days {fhe} laughed. [{Fhis} laugh sounded like [a little bell|bubbling water|a flock of geese|popping corn].|The laugh turned into a cough, and then into a laugh again.]',
      '"Surprise!" {hero} {#saidGladly} through the open window. {He} had made {gift}. {Friend} could hardly believe it. "You did all that for me?" {fhe} asked with a hoarse voice. "You would do it for me," said {hero}.',
    ],
    [
      'A week later {friend} was well again. They {#moves} to {place} together, and {friend} said, "[I think it was your present that cured me.|Next time, I will look after you.|It was almost nice to be ill.]"',
      "Each day {friend} grew a little stronger. And when {hero} sneezed on {#days}, {friend} was already standing at the door with {food} and {#numbers} new jokes.",
    ],
  ],
  morals: [
    "A friend is the best medicine.",
    "Kindness makes everybody feel better.",
    "A small present can carry a big hug.",
    "Good friends come when the sun does not shine.",
  ],
};

export const homePlots = [lostAndFound, baking, sharing, honesty, sickFriend];
