import type { Plot } from "./plot";

/** Someone is afraid, and finds a way. */
const afraid: Plot = {
  sets: [
    {
      fear: "the dark",
      when: "the lamp was blown out",
      step: "named every shadow in the room after a vegetable",
      truth: "the night was full of stars that nobody can see by day",
      scary: "a shape with {#numbers} arms stood in the corner, but it was only the coat rack",
    },
    {
      fear: "deep water",
      when: "the others jumped into the lake",
      step: "put in one toe, then a foot, and then a knee",
      truth: "the water carried {him} like a big, soft {hand}",
      scary: "something brushed against {his} leg, but it was only a water lily",
    },
    {
      fear: "thunder",
      when: "the sky grumbled",
      step: "counted the seconds between the flash and the boom",
      truth: "thunder is only the sky clapping its {hand}s",
      scary: "the windows rattled, but they did not break",
    },
    {
      fear: "high places",
      when: "{he} looked down from the ladder",
      step: "climbed one rung higher each day and never looked down",
      truth: "from the top one could see all the way to {place2}",
      scary: "the ladder creaked, but it held",
    },
    {
      fear: "big dogs",
      when: "the {#jobs}'s dog barked",
      step: "held out a flat {hand} and waited",
      truth: "the dog had been afraid, too",
      scary: "a wet nose touched {him}, but it did not bite",
    },
    {
      fear: "speaking in front of others",
      when: "the teacher called {his} name",
      step: "told {his} poem to the {#vegetables} in the garden first",
      truth: "everyone was listening with a smile",
      scary: "{his} voice squeaked at first, but then it grew steady",
    },
    {
      fear: "spiders",
      when: "one crawled along the wall",
      step: "drew a spider with a hat and {#numbers} boots",
      truth: "a spider is a fine weaver who catches mosquitoes",
      scary: "it wiggled one leg, but only to wave",
    },
    {
      fear: "the cellar",
      when: "someone had to fetch {#vegetables}",
      step: "sang a loud song on every stair",
      truth: "the strange groan came from an old barrel",
      scary: "the door fell shut with a bang, but it was not locked",
    },
    {
      fear: "getting lost",
      when: "{elder} was out of sight",
      step: "drew a map and marked every corner with chalk",
      truth: "the way back is the same as the way there",
      scary: "one street looked strange, but then {he} saw the {#colors} door",
    },
    {
      fear: "the first day of school",
      when: "{he} saw the big gate",
      step: "put a lucky pebble into {his} pocket",
      truth: "all the others were just as nervous",
      scary: "the bell rang like a fire alarm, but nobody ran",
    },
  ],
  parts: [
    [
      "{Hero} was {#traits}, but there was one thing that {he} did not like at all: {fear}. Whenever {when}, {his} knees began to shake. [{He} never told anyone about it.|Only {elderFull} knew.]",
      "Everybody thought that {hero} was very brave. But {hero} had a secret. {He} was afraid of {fear}. When {when}, {he} wanted to hide in a wooden barrel.",
    ],
    [
      '{Time}, it happened again. {Hero} was so {#scared} that {he} could not move. "What is it?" asked {friend}, a {#traits} {fkind}. "Nothing," {hero} {#saidSadly}. But {friend} did not go away. {Fhe} sat down next to {him} and waited.',
      '"Come with us!" {friendFull} called {time}. {Hero} [made up an excuse|said that {he} had a stomachache]. {He} watched the others from a distance and felt {#sad}.',
    ],
    [
      '"I used to be afraid of {#creatures}," {elder} {#saidKindly}. "You cannot chase a fear away. But you can walk up to it in small steps, and each time it shrinks a little." {Hero} thought about that. So {he} {step}.',
      '"Shall I tell you a secret?" said {friend}. "I am afraid, too, sometimes. Then I hold somebody\'s {hand}, and I breathe like a sleeping {#animals}." That sounded so funny that {hero} laughed. The next time, {he} {step}.',
    ],
    [
      "Then came the big moment. {His} heart went [thump, thump|boom, boom|pit-a-pat]. {Scary}. {He} took a deep breath and did not run away. And {he} discovered something: {truth}.",
      'On {#days}, {hero} tried it. {Scary}. "One, two, three," {he} counted, and {he} went on. It was not half as bad as {he} had thought. In fact, {truth}.',
    ],
    [
      '"I did it!" {hero} {#saidGladly}. {Friend} cheered as well and hugged {him}. They celebrated with {food}. {Hero} was still a little afraid of {fear}, but now {he} knew what to do.',
      'That evening {hero} felt {#happy}. {He} painted a picture of it in {#colors} and {#colors}, and {elder} hung it over the fireplace. Under it {he} wrote: "Here I was brave."',
    ],
  ],
  morals: [
    "Being brave does not mean that you are never afraid.",
    "Fear grows small when you look at it closely.",
    "One small step at a time is enough.",
    "Everybody is afraid of something, and that is all right.",
  ],
};

/** A storm comes, and all must help. */
const storm: Plot = {
  sets: [
    {
      danger: "the roof of the {#builds} barn flew away",
      rescue: "brought the {#creatures} and the old pony into the kitchen",
    },
    {
      danger: "the stream rose higher than the little bridge",
      rescue: "built a wall of sandbags, {hand} over {hand}",
    },
    {
      danger: "{ownTree} crashed across the road",
      rescue: "sawed and pulled until the road was free",
    },
    {
      danger: "all the lights went out",
      rescue: "put a candle in every window, so that nobody would lose the way",
    },
    {
      danger: "the boats tore loose from the dock",
      rescue: "threw a rope and pulled them back, one by one",
    },
    {
      danger: "the snow covered the doors and windows",
      rescue: "dug a tunnel from house to house with shovels and spoons",
    },
  ],
  parts: [
    [
      '{Time}, the sky turned yellow, then [violet|gray|purple], and then almost black. "A storm is coming," said {elderFull}. "Bring everything inside!" {Hero} gathered the {#vegetables}, the laundry, and the {#tools}.',
      "The {#creatures} knew it first: they suddenly fell silent. Then a gust of wind knocked over the {#builds} fence. {Hero} {#moves} home as fast as {he} could, for a great storm was rolling in from {place2}.",
    ],
    [
      "The wind howled around the house: [whoosh, whoosh|whee, whoo|hoo, hoo]! Rain drummed on the window. {FriendFull} had come over to wait until it was over. Then {danger}. {Hero} felt {#scared}, but there was no time to hide.",
      '"Where is {friend}?" {hero} asked suddenly. {FriendFull} lived all alone near {place}. Just then {danger}. "We have to go and help," {he} said.',
    ],
    [
      "They put on boots and {#colors} coats and {#moves} out into the weather. The {#jobs} came, and the {#jobs}, and even the [gruff|grumpy|sullen|lonely] {#jobs} who never talked to anybody. Together they {rescue}.",
      '"Everybody take hold of the rope!" {elder} shouted over the noise. {Hero} held on tight. {Friend} was there, too, wet to the bone, and {fhe} pulled as hard as an ox. Side by side they {rescue}.',
    ],
    [
      "Slowly the thunder moved away. By and by the rain became a drizzle, and the drizzle became a mist. They all sat around the stove, wrapped in blankets, and ate {food}. {Elder} told a story about a {#nouns} and a {#nouns}, and nobody was {#scared} anymore.",
      "It lasted all night. To pass the time, they sang and played {#games}. {Friend} knew {#numbers} riddles, and {hero} guessed [nearly all of them|only one of them, which was about a {#nouns}].",
    ],
    [
      "In the morning, a rainbow stood over {place}. Branches and {#flowers} lay everywhere. There was a lot to repair, but with so many {hand}s it was done by {#days}. {Hero} felt {#happy}, because now {he} knew all {his} neighbors by name.",
      '"You were a great help," {elder} told {hero}. {Hero} looked out at the clean, shining world. {He} was {#tired}, and {he} was {#happy}, both at once. Then {he} fell asleep on {friend}\'s shoulder.',
    ],
  ],
  morals: [
    "In a storm, nobody should be alone.",
    "Many {hand}s can hold even the wind.",
    "After the rain, the world looks new.",
    "You find out who your friends are when the weather is bad.",
  ],
};

/** A race or a contest, and what matters more than winning. */
const contest: Plot = {
  sets: [
    {
      event: "the great boat race",
      train: "paddled across the pond every evening",
      trouble: "{friend}'s boat sprang a leak",
      prize: "a {#colors} ribbon",
    },
    {
      event: "the running race around {place2}",
      train: "ran up and down the hill before breakfast",
      trouble: "{friend} stumbled over a root and fell",
      prize: "a pair of {#colors} shoes",
    },
    {
      event: "the snail race",
      train: "fed {his} snail with fresh {#vegetables}",
      trouble: "{friend}'s snail rolled down the slope",
      prize: "a crown of {#flowers}",
    },
    {
      event: "the sack race",
      train: "hopped around the yard in an old flour bag",
      trouble: "{friend}'s sack tore from top to bottom",
      prize: "a bucket of {#fruits}",
    },
    {
      event: "the sled race",
      train: "waxed the runners and steered between the {#trees} trees",
      trouble: "{friend}'s sled crashed into a snowdrift",
      prize: "a [tin|silver|copper] medal",
    },
    {
      event: "the swimming race",
      train: "swam from one bank to the other and back",
      trouble: "{friend} got a cramp in the leg",
      prize: "a cup with {#numbers} gold stars",
    },
    {
      event: "the obstacle course",
      train: "climbed over barrels and crawled through pipes",
      trouble: "{friend} was caught in the net",
      prize: "a {#materials} trophy",
    },
    {
      event: "the lantern race",
      train: "carried a candle through the wind without letting it go out",
      trouble: "{friend}'s lantern went out, and it was pitch dark",
      prize: "a lamp with {#colors} glass",
    },
    {
      event: "the raft race",
      train: "balanced on a log and pushed it along with a pole",
      trouble: "{friend}'s raft ran onto a sandbank",
      prize: "a captain's hat",
    },
  ],
  parts: [
    [
      'Once a year there was {event}, and this time {hero} wanted to win. For weeks {he} {train}. "You are getting better and better," {elderFull} {#saidKindly}.',
      'A {#colors} poster hung near {place}: "Who dares to enter {event}? The winner gets {prize}!" {Hero} read it {#numbers} times. Then {he} signed up. Every day {he} {train}.',
    ],
    [
      '{FriendFull} had signed up as well. [The two had been friends forever, but now they hardly spoke.|{Fhe} was {#traits} and had won the year before.] "May the best one win," {fhe} said, and they shook {hand}s.',
      'Many came to watch. The {#jobs} sold {food}, and a band with a {#instruments} and a {#instruments} played a march. {Hero} was {#scared}. "Good luck," said {friend}, a {#traits} {fkind} who stood next to {him}. "You, too," said {hero}.',
    ],
    [
      '"Ready, set, go!" [cried the {#jobs}|called {elder}]. At first, {hero} was behind. Then {he} caught up. {He} was almost in front! But at that moment {trouble}. {Hero} heard a small cry and turned {his} head.',
      'Everything went well, and {hero} could already see the finish. Then {trouble}. Everyone else went on. {Friend} {#saidSadly}, "[It is over for me.|Just leave me here.|What bad luck!]"',
    ],
    [
      'What should {he} do? {Hero} looked at the finish, and {he} looked at {friend}. Then {he} {#moves} back. "Come on," {he} said. "We will do it together." It cost a lot of time, and [the {#jobs}\'s daughter|somebody else|a {#traits} stranger] won.',
      'It took {hero} only a second to decide. "Winning is no fun if you are sad," {he} {#saidKindly}. {He} stopped and helped {friend}, until everything was all right. They came in last, side by side, [laughing out loud|holding {hand}s|covered with mud].',
    ],
    [
      "The crowd grew quiet. Then somebody began to clap, and soon everybody was clapping. The {#jobs} took a second prize out of a box, for the kindest heart. It was even nicer than {prize}. {Hero} and {friend} felt {#happy}.",
      'On the way home they shared {food}. "You could have won {prize}," said {friend}. {Hero} shrugged. "I won something better," {he} said, and {friend} turned as rosy as the evening sky.',
    ],
  ],
  morals: [
    "A friend is worth more than a prize.",
    "It is nice to win, but it is nicer to be kind.",
    "The last one to arrive may be the greatest winner.",
    "Nobody remembers who was first, but everybody remembers who helped.",
  ],
};

/** A journey with a purpose. */
const journey: Plot = {
  family: true,
  sets: [
    {
      goal: "bring a letter to {elder}'s sister",
      goalPlace: "a white house on the other side of the mountain",
      reward: "The sister read the letter, wept for joy, and gave {him} a {treasure2}",
    },
    {
      goal: "see the sea for the first time",
      goalPlace: "the end of the long, dusty road",
      reward:
        "And there it lay, wide and [blue|green|gray|silver], and it breathed like a sleeping giant",
    },
    {
      goal: "fetch medicine from the {#jobs}",
      goalPlace: "the town beyond {place2}",
      reward: "The bottle was small and {#colors}, and {he} carried it home like a treasure",
    },
    {
      goal: "find out where the river begins",
      goalPlace: "a mossy rock high in the hills",
      reward:
        "A spring no wider than a finger bubbled out of the stone, and {he} drank the first water of the river",
    },
    {
      goal: "visit the oldest tree in the country",
      goalPlace: "the heart of the quiet woods",
      reward:
        "{His} arms could not reach even halfway around the trunk, and the leaves whispered a welcome",
    },
    {
      goal: "bring back a spark from the lighthouse, because the stove had gone out",
      goalPlace: "the tip of the rocky cape",
      reward: "The keeper lit {his} lantern and told {him} about {#numbers} shipwrecks",
    },
  ],
  parts: [
    [
      '{Time}, {hero} packed a {#cloths} bag. {He} took bread, {#fruits}, a {#pocketThings}, and a warm sweater, for {he} wanted to {goal}. {FriendFull} came along. "Be careful, and come back soon," said {elderFull}.',
      '{Hero} had a big plan: {he} wanted to {goal}. "That is a long way," {elder} {#saidKindly}. "Take a friend along." So {hero} asked {friendFull}, and {fhe} said yes at once.',
    ],
    [
      'The road led past {place} and through a village where a {#jobs}, a {#jobs}, and a {#jobs} sat in the shade. They saw {#numbers} {#creatures} and a {#builds} bridge. [{Weather}.|By noon {his} feet hurt.] "Are we there yet?" asked {friend}.',
      'They {#moves} uphill and {#moves} downhill. They counted {#creatures} and ate {#fruits}. {Friend} taught {hero} a walking song: "{#sounds}, {#sounds}, one more mile, {#sounds}, {#sounds}, wear a smile!"',
    ],
    [
      'At a fork in the road, there was no sign. "Left," said {friend}. "Right," said {hero}. They nearly quarreled. Then they saw [cranes|wild geese|swallows|storks|ducks|pelicans] flying in a long line. "Let us follow them," {hero} {#saidKindly}. "They look as if they know the way."',
      "In the afternoon they came to a broken bridge. The water was wild. {Friend} felt {#scared}. But {hero} found a fallen {#trees} tree and some rope, and they [crawled across|balanced across], slowly, slowly. {#Sounds}! {His} hat fell into the water and sailed away.",
      "When night fell, they made a bed of {#trees} branches. Something went {#sounds} in the bushes. They sat back to back and told each other stories about a {#nouns} and a {#nouns}, until they were too {#tired} to be {#scared}.",
    ],
    [
      'On the third day, they reached {goalPlace}. {Hero} could hardly speak. {Reward}. "It was worth every step," {he} {#saidGladly}.',
      'And then, when they had almost lost hope, they stood before {goalPlace}. {Reward}. {Friend} {#saidGladly}, "[We made it!|We really are here!|Look how far we have come!]"',
    ],
    [
      "The way back seemed much shorter. {Elder} was waiting at the door with {food}. {Hero} talked and talked, until {his} head sank onto the table, and {elder} carried {him} to bed.",
      "When they came home, {hero} put a little stone from the road on the windowsill. Whenever {he} looked at it, {he} felt {#happy}, and {he} thought about where to go next.",
    ],
  ],
  morals: [
    "A long road is made of short steps.",
    "The best part of a journey is the one who walks beside you.",
    "Whoever sets out sees more of the world.",
    "It is good to travel, and it is good to come home.",
  ],
};

export const bravePlots = [afraid, storm, contest, journey];
