import type { Plot } from "./plot";

/** Somebody new comes, and is not as strange as one thought. */
const newFriend: Plot = {
  sets: [
    {
      odd: "spoke a language that nobody understood",
      bridge: "drew pictures in the sand",
      gift: "a word for every thing they saw",
    },
    {
      odd: "never said a word",
      bridge: "played a tune on the {#instruments}",
      gift: "a quiet corner to think in",
    },
    {
      odd: "wore a coat of a hundred patches",
      bridge: "asked where each patch came from",
      gift: "a {#colors} patch with a star on it",
    },
    {
      odd: "could not walk and sat in a chair with wheels",
      bridge: "asked for a ride and got one",
      gift: "the fastest race that {hero} had ever lost",
    },
    {
      odd: "had ears that were much too big",
      bridge: "told a joke very quietly from far away, and {friend} laughed",
      gift: "the sound of the snow falling",
    },
    {
      odd: "was afraid of everything that moved",
      bridge: "sat very still and offered some {#fruits}",
      gift: "a whole afternoon without a single loud noise",
    },
    {
      odd: 'always asked, "Why?"',
      bridge: "answered every question, even the {#numbers} questions about the moon",
      gift: "a question that made {hero} think for days",
    },
    {
      odd: "slept all day and was awake all night",
      bridge: "stayed up late with a lantern and a thermos of hot cocoa",
      gift: "the names of {#numbers} stars",
    },
  ],
  parts: [
    [
      '{Time}, somebody new moved into the {#builds} house near {place}. It was {friend}, a {#traits} {fkind}. {Friend} {odd}. "How strange," the others whispered, and they kept away.',
      "{Hero} had no one to play with. {His} best friend had moved to a town far away. Then {friend} arrived, a {fkind} with a {#colors} suitcase. But {friend} {odd}.",
    ],
    [
      '{Hero} watched {fhim} from behind {ownTree}. {Friend} sat alone on the doorstep and looked {#sad}. [{Weather}.|A few {#creatures} kept {fhim} company.] "It must be hard to be new," {hero} thought.',
      '"Why does nobody talk to {friend}?" asked {hero}. {ElderFull} {#saidKindly}, "[People are sometimes afraid of what they do not know.|Perhaps everybody waits for somebody else to begin.|A stranger is only a friend whom you have not met.]"',
    ],
    [
      "So {hero} {#moves} over and said hello. At first it was not easy. [They looked at their feet.|Neither of them knew what to say.] Then {hero} had an idea. {He} {bridge}. And {friend} smiled, just a little at first, and then from ear to ear.",
      "{Hero} tried to wave, but {friend} hid behind the door. {He} tried again on {#days}, and again on {#days}. At last {he} {bridge}. The door opened a crack, and then it opened wide.",
    ],
    [
      "After that, the two met every day. They played {#games} {inPlace} and built a hut of {#trees} branches. {Friend} turned out to be very funny. {Fhe} could imitate a {#animals}, a {#animals}, and even the {#traits} {#jobs}.",
      "{Hero} showed {fhim} all {his} secret places: the hollow tree, the stone that looked like a {#animals}, and the spot where the best {#fruits} grew. {Friend} gave {him} something as well: {gift}.",
    ],
    [
      'Soon the others grew curious. "May we play, too?" they asked. {Friend} nodded. By the end of the summer there was no one in the whole neighborhood who did not know {fhis} name. {Hero} felt {#happy}.',
      '"I am glad that you came to my door," {friend} {#saidGladly} one day. "I am glad that you opened it," said {hero}. Then they ate {food} and watched the {#creatures} until it was dark.',
    ],
  ],
  morals: [
    "A friendly hello can open any door.",
    "Those who are different have the most to show us.",
    "You only have to take the first step.",
    "Nobody stays a stranger for long if somebody smiles.",
  ],
};

/** A small animal needs help. */
const rescue: Plot = {
  sets: [
    {
      small: "a baby bird",
      problem: "had fallen out of its nest",
      aid: "lined a {#materials} box with soft wool and set it on a branch",
      bye: "One day it spread its wings and flew",
    },
    {
      small: "a kitten",
      problem: "was stuck at the top of {ownTree}",
      aid: "leaned a ladder against the trunk and held out a bowl of milk",
      bye: "It purred so loudly that the window hummed",
    },
    {
      small: "a turtle",
      problem: "lay on its back and could not turn over",
      aid: "slid a flat board under its shell and gave a gentle push",
      bye: "It looked back once before it dived into the pond",
    },
    {
      small: "a little hedgehog",
      problem: "had a thorn in its paw",
      aid: "pulled out the thorn with tweezers, quick as a wink",
      bye: "When it grew cold, it curled up under the leaves and slept until spring",
    },
    {
      small: "a butterfly",
      problem: "was caught in a web",
      aid: "freed its wings with the tip of a feather",
      bye: "It circled three times around {his} head before it fluttered away",
    },
    {
      small: "a fawn",
      problem: "had lost its mother in the fog",
      aid: "waited next to it and hummed until a branch cracked in the woods",
      bye: "The mother touched the fawn with her nose, and both of them were gone like smoke",
    },
    {
      place: "the beach",
      small: "a seal pup",
      problem: "lay on the hot sand, far from the waves",
      aid: "poured bucket after bucket of seawater over it",
      bye: "At high tide it slipped into the sea and waved a flipper",
    },
    {
      small: "a lost puppy",
      problem: "shivered under the bench in the rain",
      aid: "dried it with a {#colors} scarf and read the name on its collar",
      bye: "The {#jobs}, who had looked for it everywhere, laughed and cried at once",
    },
    {
      small: "a bumblebee",
      problem: "was too tired to fly",
      aid: "gave it a drop of sugar water on a spoon",
      bye: "With a deep hum it rose and found its way to the {#flowers}",
    },
    {
      small: "a young owl",
      problem: "had hurt its wing in the storm",
      aid: "bandaged the wing with a strip of {#colors} cloth",
      bye: "On the first night with a full moon it flew off without a sound",
    },
  ],
  parts: [
    [
      "{Time}, {hero} {#moves} to {place}. {FriendFull} was there already. Suddenly {he} heard a faint noise. It was {small}! It {problem}.",
      "{Hero} and {friendFull} were playing {#games} {inPlace} when they discovered {small}. The poor thing {problem}. It looked at them with big, dark eyes.",
    ],
    [
      '"Do not be afraid," {hero} {#saidKindly}. "We will help you." But how? {He} did not want to hurt it. {He} {#moves} to {elderFull} to ask for advice. "Be quiet and move slowly," said {elder}. "Small creatures have big ears."',
      '"We must do something," {hero} {#saidSadly}. {Friend} scratched {fhis} head. "My cousin is a {#jobs}," {fhe} said. "He always says: first think, then act." So they sat down and thought until they had a plan.',
    ],
    [
      "Very gently, {hero} {aid}. {Friend} held {his} sleeve and did not even breathe. [It took a long time.|Once it nearly went wrong.|{His} {hand}s hardly trembled.] And it worked!",
      '{He} {aid}. "Careful," whispered {friend}. "A little more to the left." At first nothing happened. Then it blinked and made a tiny sound: [peep|squeak|chirp|sniff|sneeze].',
    ],
    [
      "For {#numbers} days {hero} looked after it. {He} got up before the {#birds} and brought it water and {#vegetables}. {He} gave it a name, too: {petName}. But {he} knew that a wild thing must be free.",
      '"Can we keep it?" asked {friend}. {Hero} would have liked that very much. But {he} shook {his} head. "It belongs out there, with the {#creatures} and the {#flowers}," {he} said, and {he} swallowed hard.',
    ],
    [
      "{Bye}. {Hero} was a little {#sad}, but most of all {he} felt {#happy}. Later, whenever {he} passed {place}, {he} looked around, and once or twice {he} was sure that somebody looked back.",
      '{Bye}. "You have a good heart," {elder} {#saidKindly}, and {ehe} set a plate of {food} on the table. {Hero} took a piece outside and left it on the wall, just in case.',
    ],
  ],
  morals: [
    "Even the smallest creature is worth helping.",
    "To love something also means to let it go.",
    "Gentle {hand}s can do great things.",
    "Whoever helps a small one is a big one.",
  ],
};

/** A secret that is hard to keep, and a surprise. */
const secret: Plot = {
  sets: [
    {
      surprise: "a birthday party for {friend}",
      place3: "the barn",
      clue: "paper chains and {#numbers} balloons",
    },
    {
      surprise: "a puppet show for the whole street",
      place3: "the attic",
      clue: "buttons, yarn, and one glass eye",
    },
    {
      surprise: "a new bench for {friend}'s favorite spot",
      place3: "the workshop",
      clue: "sawdust in {his} hair",
    },
    {
      surprise: "a concert of fiddles and pots",
      place3: "the cellar",
      clue: "chalk marks on the floor and a borrowed bow",
    },
    {
      surprise: "a book with all of {friend}'s stories in it",
      place3: "the library",
      clue: "ink on {his} fingers",
    },
    {
      surprise: "a garden of {#flowers} in front of {friend}'s window",
      place3: "the greenhouse",
      clue: "mud on {his} boots",
    },
  ],
  parts: [
    [
      '"Can you keep a secret?" asked {elderFull} {time}. {Hero} nodded. {Elder} whispered something into {his} ear: they were going to make {surprise}! {Hero} was so excited that {he} hopped on one leg. {FriendFull} must not hear a word of it!',
      "{Hero} carried a secret around, and it tickled like a feather. {He} was planning {surprise}. No one was allowed to know, least of all {friendFull}.",
    ],
    [
      'Keeping it was hard. "What are you doing after lunch?" asked {friend}. "Nothing," said {hero}, and {he} bit {his} lip. {Friend} noticed {clue} and {#moves} off, feeling {#sad}. "{hero} does not like me anymore," {fhe} thought.',
      'Whenever {friend} came near, {hero} stopped talking. {Friend} saw {clue}. {Fhe} heard whispering behind the door of {place3}. "They are playing without me," {fhe} {#saidSadly}, and {fhe} felt {#sad}.',
    ],
    [
      '{Hero} saw {friend}\'s face, and it hurt. "Should I tell {fhim}?" {he} asked. "Just one more day," {elder} {#saidKindly}. So they worked in {place3} until midnight, with {#supplies} and {#supplies}, and the {#jobs} next door lent them a {#tools}.',
      "There was still so much to do! {Hero} worked with {#colors} paper and {#colors} thread. The {#jobs} promised to bring {food}. The {#creatures} on the windowsill were the only ones who watched.",
    ],
    [
      'At last the day came. {Hero} knocked at {friend}\'s door. "Close your eyes and take my {hand}," {he} said. {Friend} did not want to come at first. They {#moves} across the yard: one step, two steps, [seven|nine|twelve|twenty] steps. "Now look!"',
      'On {#days}, {friend} found a note on {fhis} pillow: "Follow the {#colors} string." The string led past {ownTree}, around the well, and into {place3}. It was dark. Then somebody lit a lamp.',
    ],
    [
      '"Surprise!" everyone shouted. There it was: {surprise}! {Friend} opened {fhis} mouth and closed it again, like a fish. "That was the secret?" {fhe} asked. "And I thought that you had forgotten me." {Hero} hugged {fhim} tightly. They ate {food} and danced until the moon went down.',
      '{Friend} could not say a word. It was {surprise}, and it was only for {fhim}. "I am sorry that I had to fib," said {hero}. {Friend} {#saidGladly}, "That was the best secret in the world!" Then the band began to play.',
    ],
  ],
  morals: [
    "Some secrets are worth the wait.",
    "Before you feel left out, ask.",
    "The nicest surprise is to know that somebody thought of you.",
    "A secret made with love is a present in disguise.",
  ],
};

/** Two friends quarrel and make up. */
const quarrel: Plot = {
  sets: [
    {
      about: "who was the captain of the ship",
      silly: "The ship was only a wooden tub",
      solve: "there were two captains, one for the morning and one for the afternoon",
    },
    {
      about: "who had seen the first star",
      silly: "The star did not care",
      solve: "they gave the star both of their names",
    },
    {
      about: "whose turn it was to feed the {#creatures}",
      silly: "The {#creatures} had eaten long before",
      solve: "they fed them together",
    },
    {
      about: "the last [pancake|muffin|dumpling|cookie|cherry tart|waffle|meatball]",
      silly: "It had grown cold by then",
      solve: "they cut it into two halves and gave the crumbs to the {#creatures}",
    },
    {
      about: "the color of the new door",
      silly: "The door was quite happy as it was",
      solve: "they painted it with stripes of {#colors} and {#colors}",
    },
    {
      about: "the rules of {#games}",
      silly: "Nobody could remember the rules anyway",
      solve: "they made up a new game, and it was better",
    },
    {
      about: "which way was shorter",
      silly: "Both ways were exactly as long",
      solve: "they went there by one way and back by the other",
    },
  ],
  parts: [
    [
      "{Hero} and {friendFull} were the best of friends. They did everything together. But {time}, they had a quarrel. It was about {about}. It began with a whisper and ended with a shout.",
      "Nobody could remember how it had started. But {time}, {hero} and {friend}, a {#traits} {fkind}, stood {inPlace} and shouted at each other. They quarreled about {about}!",
    ],
    [
      '"I never want to see you again!" cried {friend}. "That is fine with me!" cried {hero}. And they {#moves} off in opposite directions. Even the {#birds} stopped singing.',
      "{Hero} stamped {his} foot and turned around. {Friend} turned around as well. Each of them waited for the other to say sorry, and neither did. Then it began to rain.",
    ],
    [
      "At home, {hero} tried to play {#games} alone. {He} lost against {himself} {#numbers} times. {He} looked at the {#materials} box that {friend} had made for {him}. {He} felt angry, then {#sad}, and then both.",
      '{ElderFull} saw {him} sitting in {room}. "When I was young, I did not speak to my best friend for a whole year," said {elder}. "It was about a {#tools}. What a waste of a year!" {Hero} was silent for a long time.',
    ],
    [
      '{He} put on {his} coat and set out. Halfway, near {place2}, {he} saw somebody coming toward {him}. It was {friend}! "I was just going to your house," they both said at the same time. And then they both said, "I am sorry."',
      'Very early the next morning, {hero} laid some {#flowers} on {friend}\'s doorstep. When {he} came back, a basket of {#fruits} was standing on {his} own. "{hero}?" somebody called softly. "I am sorry." "So am I," {hero} {#saidSoftly}.',
    ],
    [
      "They laughed until they had to hold their bellies. {Silly}. In the end, {solve}. {Hero} felt {#happy}, as if somebody had taken a heavy backpack off {his} shoulders.",
      'They sat down in {room} with {food} and talked about everything. In the end, {solve}. "Next time we will talk first and shout later," said {hero}. "Or we will just skip the shouting," {friend} {#saidGladly}.',
    ],
  ],
  morals: [
    "Sorry is a small word that can do great things.",
    "A friend is more important than being right.",
    "Whoever says sorry first is the stronger one.",
    "A quarrel is quickly over when two hearts want it.",
  ],
};

export const friendPlots = [newFriend, rescue, secret, quarrel];
