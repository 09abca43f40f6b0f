import type { Plot } from "./plot";

/** Something is built that does not work at first. */
const building: Plot = {
  sets: [
    {
      thingMade: "a treehouse",
      fail: "The floor was so crooked that everything rolled to one side",
      better: "put a flat stone under one corner and measured twice",
      use: "From up there they could see the whole valley",
    },
    {
      thingMade: "a raft",
      fail: "It turned over at once and threw everybody into the water",
      better: "tied empty barrels to both sides",
      use: "They floated down the river like two admirals",
    },
    {
      thingMade: "a flying machine",
      fail: "It hopped like a frog and landed in the compost heap",
      better: "made the wings longer and the seat lighter",
      use: "For {#numbers} wonderful seconds, it really flew",
    },
    {
      thingMade: "a birdhouse",
      fail: "The door was too small for any bird",
      better: "sawed a bigger hole and smoothed the edges",
      use: "In spring, a pair of {#birds} moved in",
    },
    {
      thingMade: "a snow castle",
      fail: "One wall after the other caved in",
      better: "poured water over the bricks and let them freeze overnight",
      use: "At night they set candles in the windows, and it glowed like a jewel",
    },
    {
      thingMade: "a machine that peels {#vegetables}",
      fail: "It threw peels at everyone who came near",
      better: "turned the spring around and oiled the gears",
      use: "It peeled a whole basket while they sat and watched",
    },
    {
      thingMade: "a bridge over the brook",
      fail: "It broke in the middle with a loud crack",
      better: "dug the posts in deeper and added a beam",
      use: "Even the heavy {#jobs} could walk across",
    },
    {
      thingMade: "a robot of tin cans",
      fail: "It only walked backward",
      better: "swapped the left leg and the right leg",
      use: "It carried the mail from house to house and bowed at every door",
    },
    {
      thingMade: "a wagon with a sail",
      fail: "It rolled straight into the duck pond",
      better: "added a brake and a bell",
      use: "With the wind behind them, they rolled all the way to {place2}",
    },
    {
      thingMade: "a telescope",
      fail: "All that one could see was an eyelash",
      better: "cleaned the lenses and moved them apart",
      use: "They counted {#numbers} mountains on the moon",
    },
  ],
  parts: [
    [
      '{Hero} had an idea. {He} wanted to build {thingMade}. {He} made a drawing with {#colors} ink and carried {#supplies}, {#supplies}, and a {#tools} into {room}. "That will never work," said a {critic} who walked by.',
      '{Time}, {hero} found a heap of {#trees} boards near {place}. [Somebody had thrown them away.|Nobody needed them anymore.] "I know what I will do with them," {he} {#saidGladly}. "I will build {thingMade}!" A {critic} only shook his head.',
    ],
    [
      "{He} hammered and sawed all day long: {#sounds}, {#sounds}, {#sounds}! {FriendFull} held the {#tools} and handed {him} the {#supplies}. In the evening everything was finished. They tried it out. But oh! {Fail}.",
      '{ElderFull} lent {him} a {#tools} and a {#tools}. {FriendFull} came to help. They measured, they drilled, and they quarreled a little about the color. "Ready?" asked {friend}. "Ready!" said {hero}. {Fail}.',
    ],
    [
      '{Hero} sat down in the middle of the mess. {He} felt {#sad}. "The {critic} was right. It will never work," {he} {#saidSadly}. {Friend} sat down beside {him}. "It did not work today," {fhe} {#saidKindly}. "That is not the same as never."',
      '"How many times did you try?" asked {elder}. "Once," {hero} {#saidSadly}. {Elder} laughed. "The one who invented the lamp tried a thousand times. You have {#numbers} tries left before supper."',
    ],
    [
      "The next morning they began again. They looked closely at what had gone wrong. Then {hero} {better}. {He} wiped {his} forehead and tightened the last screw.",
      "That night {hero} could not sleep. {He} thought and thought, and suddenly {he} knew the answer! At sunrise {he} {#moves} to {room}. {He} {better}.",
    ],
    [
      'This time it worked. {Use}. The {critic} came by and took off his hat. "Well, well," he said. "Could you build one for me, too?" {Hero} felt {#happy}.',
      "{Friend} counted to three. And yes, it worked! {Use}. They painted it {#colors} and {#colors}, and {elder} brought {food} to celebrate.",
    ],
  ],
  morals: [
    "If it does not work today, try again tomorrow.",
    "Every good idea needs a second chance.",
    "You learn more from one mistake than from ten lucky hits.",
    "What you build with a friend will hold.",
  ],
};

/** A seed, and patience. */
const garden: Plot = {
  sets: [
    {
      seed: "a wrinkled brown seed",
      grown: "a sunflower taller than the house",
      danger: "A hungry snail had nibbled at the first leaf",
    },
    {
      seed: "{#numbers} white beans",
      grown: "beans that climbed all the way up to the chimney",
      danger: "A late frost had turned the tips black",
    },
    {
      seed: "a pumpkin seed as flat as a coin",
      grown: "a pumpkin so heavy that it took four to lift it",
      danger: "The goat from next door had trampled on the bed",
    },
    {
      seed: "an acorn",
      grown: "a slender little oak with {#numbers} leaves",
      danger: "The ground was as dry as [dust|straw|chalk|old bread|paper]",
    },
    {
      seed: "a cherry stone",
      grown: "a tree that bloomed as white as snow",
      danger: "The wind had bent the thin stem to the ground",
    },
    {
      seed: "a bulb that looked like an onion",
      grown: "a tulip with {#colors} and {#colors} petals",
      danger: "Somebody with little paws had dug it up",
    },
  ],
  parts: [
    [
      '{Time}, {elderFull} put {seed} into {hero}\'s {hand}. "What is it?" asked {hero}. "Plant it, and wait," {elder} {#saidKindly}. "Then it will tell you itself." {FriendFull} looked at it from all sides.',
      'In a drawer in {room}, {hero} found {seed} in a paper bag. Nobody knew how long it had been there. "Perhaps it is still alive," said {friendFull}. So they decided to find out.',
    ],
    [
      "{He} dug a hole with a [shovel|trowel|spade|spoon|stick], laid it in, and covered it with dark soil. {He} watered it from a tin can. Then {he} sat down and waited. Nothing happened. {He} waited until supper. [Still nothing!|Only an earthworm looked out.]",
      'They planted it between the {#vegetables} and the {#flowers}. Every morning {hero} {#moves} out in {his} pajamas to look. On {#days} there was nothing. On {#days} there was nothing. "Grow!" {he} shouted at the ground. But shouting did not help.',
    ],
    [
      '"It is broken," {hero} {#saidSadly}. {He} felt {#sad}. {Elder} smiled. "Under the ground it is very busy," {ehe} {#saidKindly}. "You just cannot see it. You did not grow up in one day, either."',
      '{Friend} wanted to dig it up again to look. "No," {hero} {#saidKindly}, "it needs to sleep." While they waited, they built a scarecrow of [straw|old clothes|broomsticks|twigs|sacks] and gave it a {#colors} hat. The {#creatures} were not afraid of it at all.',
    ],
    [
      "Then, after a warm night of rain, there it was: a green tip, no bigger than a needle! {Hero} laughed with joy. But a few days later there was trouble. {Danger}. {He} did not give up. {He} built a little {#builds} fence and watered it with a spoon.",
      "One morning a tiny leaf unfolded. It was so green that it almost hummed. {Hero} told everybody, even the {#traits} {#jobs}. But soon there was a fright. {Danger}! {Hero} and {friend} tied it to a stick with {#colors} thread and told it stories, so that it would get well.",
    ],
    [
      "The weeks went by. The sun shone, the rain fell, and {hero} pulled out weeds. And at the end of the summer it had become {grown}. People came from {place2} to see it. {Hero} kept a few seeds in {his} pocket for next year and felt {#happy}.",
      'It grew and grew, and at last it was {grown}. "You made that," {friend} {#saidGladly}. {Hero} shook {his} head. "I only waited," {he} said. "But I waited very well." Then they all ate {food} in its shade.',
    ],
  ],
  morals: [
    "Good things take time.",
    "Patience has small seeds and big fruits.",
    "You cannot pull on a flower to make it grow.",
    "A little care every day can do wonders.",
  ],
};

/** Learning to play an instrument, or another art. */
const learning: Plot = {
  sets: [
    {
      art: "play the {instrument}",
      first: "it sounded like a {#animals} with a toothache",
      practice: "practiced the same {#numbers} notes",
    },
    {
      art: "ride a bicycle",
      first: "{he} rode straight into a bush of {#flowers}",
      practice: "wobbled up and down the lane",
    },
    {
      art: "swim like an otter",
      first: "{he} swallowed half of the pond",
      practice: "kicked {his} legs and blew bubbles",
    },
    { art: "read", first: "the letters danced like {#creatures}", practice: "read one line aloud" },
    {
      art: "juggle",
      first: "all the {#fruits} fell on {his} head",
      practice: "threw one ball, then two, and then three",
    },
    {
      art: "skate",
      first: "{he} sat down on the ice {#numbers} times",
      practice: "glided a little farther along the fence",
    },
    { art: "whistle", first: "nothing came out but air", practice: "pursed {his} lips and blew" },
    {
      art: "dance the {#colors} waltz",
      first: "{he} stepped on everybody's toes",
      practice: "danced with the broom in {room}",
    },
    {
      art: "paint a real portrait",
      first: "{elder} looked like a potato with ears",
      practice: "filled a page with noses",
    },
    {
      art: "tie a sailor's knot",
      first: "{he} tied {himself} to the chair",
      practice: "twisted and pulled at a piece of rope",
    },
  ],
  parts: [
    [
      'More than anything else, {hero} wanted to {art}. {He} had seen a {#jobs} do it at the fair, and it had looked so easy! So {he} went to {elderFull} and asked, "Will you teach me?" {FriendFull} wanted to watch.',
      '{FriendFull} could do something that {hero} could not: {friend} knew how to {art}. {Hero} watched with big eyes. "I want to learn that, too," {he} said.',
    ],
    [
      'The first lesson was a disaster: {first}. {Friend} [tried not to laugh|laughed so hard that {fhe} got the hiccups]. {Hero} turned red. "I will never learn it," {he} {#saidSadly}, and {he} threw {his} hat into the corner.',
      "{He} tried it {time}. But {first}! The {#creatures} fled, and the {#traits} {#jobs} closed the window: {#sounds}! {Hero} felt {#sad}.",
    ],
    [
      '"Nobody is born a master," {elder} {#saidKindly}. "Do a little every day, and be kind to yourself." So, every day after {meal}, {hero} {practice}. On some days it went well. On other days it went worse than before.',
      "But {he} did not give up. Every day {he} {practice}. {He} did it when {weather}, and {he} did it when it snowed. {He} made a mark on the wall for each day. Soon there were [eight|nine|ten|twelve|fifteen] marks, and then there were too many to count.",
    ],
    [
      'One day, without thinking about it, {he} simply did it. {He} was so surprised that {he} stopped at once. "Did you see that?" {he} {#saidGladly}. {Friend} had seen it. "Do it again!" {fhe} called. And {hero} did it again, and again.',
      "Then the day of the village fair came. {Hero} stood there with a lump in {his} throat, feeling {#scared}. {He} saw {elder} in the first row. {Elder} nodded. {Hero} began, and {he} forgot that anybody was watching.",
    ],
    [
      'From that day on, {hero} could {art}, and {he} did it nearly all the time. A small {#animals} watched {him} over the fence. "Can you teach me?" it asked. {Hero} smiled. "Of course," {he} said. "But it takes a little while."',
      'Everyone clapped, and {friend} cheered the loudest of all. "How did you do that?" people asked. {Hero} felt {#happy}. "It is easy," {he} said. "You only have to fall down {#numbers} times and get up once more than that."',
    ],
  ],
  morals: [
    "Practice turns hard things into easy ones.",
    "You do not have to be good at something in order to begin.",
    "A little every day becomes a lot.",
    "Those who fall down know best how to get up.",
  ],
};

/** A wish comes true, but not as one thought. */
const wish: Plot = {
  family: true,
  sets: [
    {
      giver: "a tiny spirit in a [glass|clay|copper] bottle",
      wished: "to be as tall as a tree",
      trouble: "{he} could not get through any door, and {friend} looked as small as an ant",
    },
    {
      giver: "a fish with golden scales",
      wished: "that every day were {his} birthday",
      trouble: "after {#numbers} cakes {his} stomach hurt, and nobody wanted to sing anymore",
    },
    {
      giver: "an old woman with a {#colors} cane",
      wished: "that everything {he} touched would turn into candy",
      trouble: "even {his} pillow was sticky, and {friend} was afraid to shake {hand}s",
    },
    {
      giver: "a star that had fallen into the well",
      wished: "to be invisible",
      trouble: "no one saw {him}, and no one heard {him} say good morning",
    },
    {
      giver: "a talking toad",
      wished: "to be the ruler of the whole land",
      trouble: "{he} had to sign papers all day and was not allowed to play",
    },
    {
      giver: "the man in the moon",
      wished: "that it would never be bedtime again",
      trouble:
        "{he} grew so {#tired} that {he} put salt in {his} cocoa and wore {his} shoes on {his} {hand}s",
    },
    {
      giver: "a fairy who was stuck in a spider's web",
      wished: "to fly like a bird",
      trouble: "the wind carried {him} away, and there was nothing up there to hold on to",
    },
    {
      giver: "a gray cat with one green eye",
      wished: "to understand what all the animals say",
      trouble: "the {#creatures} never stopped complaining, and {he} could not sleep a wink",
    },
  ],
  parts: [
    [
      '{Time}, {hero} was walking to {place} to meet {friendFull} when {he} heard a voice. It was {giver}. "You helped me, so you may make a wish," the voice said. [In fact, {hero} had only moved a stone.|{Hero} had indeed pulled it out of the mud.] {He} did not think for long. {He} wished {wished}.',
      'On the way to {friendFull}, {hero} found something wonderful behind {place2}: {giver}! "One wish is yours," {he} heard, "but choose it well." {hero} closed {his} eyes and wished {wished}.',
    ],
    [
      '{#Sounds}! There was {#colors} smoke, and the wish came true. At first it was great fun. {He} {#moves} around and showed it to the {#jobs}, to the {#jobs}, and to all the {#creatures}. "I am the luckiest one in the world!" {he} {#saidGladly}.',
      'It happened at once, with a {#sounds} and a {#sounds}. {Hero} could not believe it! All morning {he} [laughed|sang] and {#moves} through the village. "What a wonderful wish," {he} thought.',
    ],
    [
      "But by evening it was not so nice anymore: {trouble}. {Hero} felt {#sad}. {He} thought of {room} at home, of {food}, and of {elderFull}.",
      'But then something happened that {he} had not expected: {trouble}. "Oh dear," {hero} {#saidSadly}. {Friend} missed {him}. "I liked you better the way you were," {fhe} said.',
    ],
    [
      '{He} hurried back to the place where it had all begun. "Please, take the wish away again," {he} begged. "I only want to be {hero}." For a while nothing happened. Then there was a soft laugh. "That," said the voice, "is the wisest wish of all."',
      '{Friend} went with {him} to look for help. They searched until the stars came out. "Hello?" {hero} called. "I have learned something. May I give it back?" And because {he} had said it so nicely, the wish dissolved like sugar in tea.',
    ],
    [
      "{Hero} woke up in {his} own bed. Had it been a dream? On the table there was a little heap of {#colors} dust. {He} {#moves} to {friend} and hugged {fhim} until {fhe} squeaked. They had {food} for breakfast, and it had never tasted so good.",
      'When {he} came home, {elder} had left a light in the window. "Where have you been?" {ehe} asked. "Far away," said {hero}, "but I like it here." {He} felt {#happy}, with nothing but {his} own two {hand}s and {his} own small nose.',
    ],
  ],
  morals: [
    "Be careful what you wish for.",
    "The best things are often those that you already have.",
    "You are just right as you are.",
    "Not every wish that comes true makes you happy.",
  ],
};

export const makingPlots = [building, garden, learning, wish];
