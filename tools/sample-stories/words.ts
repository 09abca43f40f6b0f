/** Entries are separated by commas or line ends. */
function list(entries: string): readonly string[] {
  return entries
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

export const girls = list(`
  Ada, Alma, Amira, Anouk, Beatrice, Bella, Bridget, Carmen, Cecilia, Chloe, Clementine, Coral, Daisy, Dalia,
  Edith, Elena, Eloise, Esme, Fatima, Fern, Flora, Freya, Greta, Hana, Harriet, Hazel, Imani, Ingrid, Iris, Ivy,
  Jasmine, Josie, June, Kaya, Leila, Lena, Linnea, Lottie, Lucia, Mabel, Maren, Matilda, Mei, Mila, Nadia, Nell,
  Nora, Olive, Ophelia, Paloma, Petra, Priya, Rosa, Ruby, Sabine, Saskia, Sofia, Sunniva, Tilda, Una, Vera, Willa,
  Winnie, Yara, Zadie, Zora`);

export const boys = list(`
  Abel, Alvin, Anton, Arlo, Arthur, Basil, Bruno, Callum, Caspar, Cedric, Dario, Dexter, Edgar, Elias, Emil, Ezra,
  Felix, Finn, Gabriel, Gideon, Gus, Hamid, Hugo, Idris, Ilya, Ivo, Jasper, Joel, Jonas, Kai, Kofi, Lars, Leo, Linus,
  Magnus, Marco, Mateo, Milo, Moses, Nico, Niels, Oscar, Otis, Otto, Pablo, Percy, Quentin, Rafael, Remy, Ravi, Rowan,
  Samir, Silas, Stefan, Tariq, Theo, Tobias, Umar, Victor, Wendell, Wilfred, Yusuf, Zeno`);

export const petNames = list(`
  Acorn, Apricot, Biscuit, Bramble, Bumble, Button, Buttercup, Candle, Chestnut, Cinder, Clover, Cobble, Copper,
  Cricket, Crumpet, Dandelion, Dapple, Dumpling, Ember, Fable, Feather, Fidget, Freckle, Ginger, Gumdrop, Hickory,
  Huckleberry, Inky, Jellybean, Jingle, Juniper, Kipper, Licorice, Mallow, Maple, Marble, Marigold, Mittens,
  Moonbeam, Muffin, Mustard, Noodle, Nutmeg, Parsnip, Peaches, Pebble, Pepper, Pickle, Pippin, Plum, Pretzel, Puddle,
  Pumpkin, Quill, Radish, Rusty, Saffron, Scamper, Smudge, Snowdrop, Sprout, Squeak, Sorrel, Tansy, Teasel, Thimble,
  Thistle, Tumble, Truffle, Turnip, Twig, Velvet, Waffle, Walnut, Whisper, Wiggle, Willow, Wren, Yarrow, Zinnia`);

/** Animals that live as people do in the stories. */
export const animals = list(`
  antelope, badger, bear, beaver, bunny, camel, chipmunk, deer, donkey, duckling, elephant, ermine, ferret, fox, frog,
  giraffe, goat, gopher, hamster, hare, hedgehog, hippo, ibex, kangaroo, kitten, koala, lamb, lemur, llama, lynx, marmot,
  mole, mongoose, monkey, moose, mouse, newt, otter, owl, panda, penguin, pig, pony, porcupine, possum, puffin, puppy,
  rabbit, raccoon, reindeer, seal, shrew, skunk, sloth, squirrel, tapir, toad, tortoise, walrus, weasel, wolf, wombat, yak,
  zebra`);

/** What a small child would love and could lose. */
export const treasures = list(`
  silver whistle, striped scarf, wooden top, glass marble, paper lantern, brass bell, knitted hat, yellow balloon,
  velvet ribbon, tin drum, red mitten, toy boat, painted kite, music box, rag doll, clay bird, leather pouch,
  copper coin, seashell necklace, picture book, pocket mirror, magnifying glass, rubber ball, woolen blanket,
  straw basket, feather cap, bamboo flute, porcelain teacup, jigsaw puzzle, stuffed rabbit, golden key,
  sketchbook, flashlight, umbrella, acorn bracelet, shiny compass, green bottle, lucky pebble, star-shaped pin,
  polka-dot bow, tambourine, harmonica, jump rope, yo-yo, snow globe, spyglass, crayon box, silk handkerchief,
  patchwork quilt, ivory comb, tiny teapot, orange backpack, spinning wheel, carved spoon, puppet, accordion,
  notebook, amber bead, alarm clock, toy train, butterfly net, wind chime, pinwheel, raincoat`);

export const toys = list(`
  kite, sled, swing, scooter, wagon, tricycle, rocking horse, drum, trumpet, puzzle, telescope, trampoline,
  hula hoop, toy castle, paper plane, puppet theater, dollhouse, sandbox, marble run, bouncy ball, toy ship,
  xylophone, tea set, chalkboard, set of blocks, spinning top, pair of skates, rope ladder, tent`);

export const outdoors = list(`
  the meadow, the orchard, the forest, the riverbank, the old bridge, the hilltop, the garden, the pond, the beach,
  the valley, the vineyard, the waterfall, the cliff, the harbor, the lighthouse, the windmill, the village square,
  the park, the stone well, the playground, the marsh, the birch grove, the pumpkin patch, the cornfield,
  the wheat field, the rocky shore, the ruined tower, the campground, the stream, the lagoon, the canyon, the dunes,
  the pasture, the fairground, the market, the churchyard, the crossroads, the sunny clearing, the duck pond,
  the blackberry hedge, the clover field, the pine woods, the frozen lake, the sheepfold, the canal, the ferry dock`);

export const indoors = list(`
  the attic, the kitchen, the cellar, the barn, the library, the classroom, the workshop, the bakery, the greenhouse,
  the pantry, the hallway, the treehouse, the cottage, the stable, the museum, the theater, the shed, the bedroom,
  the laundry room, the train station, the post office, the toy shop, the boathouse, the observatory`);

export const foods = list(`
  apple pie, barley soup, blueberry muffins, buttered toast, carrot cake, cheese sandwiches, cherry tarts,
  chestnut stew, cinnamon rolls, corn bread, crispy pancakes, cucumber salad, custard, dumplings, fig jam,
  fresh bread, fruit salad, garlic noodles, ginger cookies, hazelnut cake, honey biscuits, 
  lentil soup, mashed potatoes, mushroom pie, oatmeal, omelets, onion soup, peach cobbler, pea soup, pear tarts,
  plum pudding, popcorn, pumpkin soup, raspberry jam, rice pudding, roasted chestnuts, spaghetti, strawberry cake,
  sweet corn, tomato soup, vanilla waffles, vegetable stew, walnut bread, yogurt with berries`);

export const fruits = list(`
  apples, apricots, bananas, blackberries, blueberries, cherries, cranberries, currants, dates, elderberries, figs,
  grapes, hazelnuts, lemons, mangoes, melons, nectarines, olives, oranges, papayas, peaches, pears, pineapples, plums,
  pomegranates, quinces, raspberries, strawberries, tangerines, walnuts`);

export const vegetables = list(`
  beans, beets, cabbages, carrots, cauliflowers, celery, cucumbers, eggplants, leeks, lettuce, mushrooms, onions, parsley,
  parsnips, peas, peppers, potatoes, pumpkins, radishes, rhubarb, spinach, tomatoes, turnips, zucchini`);

export const flowers = list(`
  asters, bluebells, buttercups, carnations, crocuses, daffodils, dahlias, daisies, forget-me-nots, foxgloves,
  geraniums, honeysuckle, hyacinths, irises, lavender, lilacs, lilies, marigolds, orchids, pansies, peonies, petunias,
  poppies, primroses, roses, snapdragons, sunflowers, sweet peas, tulips, violets, water lilies, wildflowers`);

export const trees = list(`
  alder, apple, ash, aspen, beech, birch, cedar, cherry, chestnut, cypress, elm, fir, hawthorn, hazel, juniper, larch,
  linden, maple, oak, palm, pear, pine, plum, poplar, rowan, spruce, sycamore, walnut, willow, yew`);

/** Small wild creatures, more than one of each. */
export const creatures = list(`
  ants, bees, beetles, bumblebees, butterflies, caterpillars, crickets, dragonflies, ducks, earthworms, fireflies,
  finches, frogs, geese, grasshoppers, gulls, jays, ladybugs, larks, lizards, minnows, moths, nightingales, owls, pigeons,
  rabbits, ravens, robins, sandpipers, seagulls, snails, sparrows, spiders, squirrels, starlings, swallows, swans,
  tadpoles, toads, trout, turtles, wasps, woodpeckers, wrens`);

export const colors = list(`
  amber, beige, black, blue, bronze, brown, cream, crimson, emerald, golden, gray, green, indigo, lavender, lilac,
  maroon, navy, orange, pink, purple, red, rosy, ruby, scarlet, silver, teal, turquoise, violet, white, yellow`);

export const traits = list(`
  adventurous, bashful, bold, brave, bright, busy, careful, cautious, cheeky, cheerful, clever, clumsy, curious,
  dreamy, eager, earnest, easygoing, fearless, fidgety, friendly, gentle, graceful, grumpy, helpful, honest, hopeful,
  imaginative, impatient, inventive, jolly, kind, lively, lonely, loyal, merry, mischievous, musical, nimble, noisy,
  patient, playful, polite, proud, quiet, restless, sensible, shy, silly, sleepy, stubborn, talkative, thoughtful,
  tidy, timid, watchful, wise, witty`);

export const happy = list(`
  cheerful, content, delighted, excited, glad, grateful, happy, joyful, overjoyed, pleased, proud, thankful,
  thrilled, warm inside`);
export const sad = list(`
  disappointed, downhearted, gloomy, glum, heartbroken, left out, lonely, miserable, sad, sorrowful, unhappy, upset`);
export const scared = list(`
  afraid, alarmed, anxious, frightened, fearful, jumpy, nervous, scared, shaky, startled, terrified, uneasy, worried`);
export const tired = list(`drowsy, exhausted, sleepy, tired, weary, worn out`);

export const times = list(`
  one bright morning, one chilly morning, one frosty morning, one misty morning, one sunny afternoon, one lazy afternoon,
  one windy afternoon, one quiet evening, one golden evening, one summer day, one autumn day, one spring morning,
  one winter evening, on the first day of spring, on the last day of summer, on the shortest day of the year,
  on a rainy Monday, on a breezy Tuesday, on a cloudy Wednesday, on a warm Thursday, on a slow Friday,
  on a busy Saturday, on a peaceful Sunday, early in June, late in April, in the middle of July, at the end of August,
  in the first week of September, on a foggy day in October, on a stormy night in November, just before Christmas,
  right after breakfast, shortly after lunch, a little before sunset, at the crack of dawn`);

/** Each is a whole clause. */
export const weathers = list(`
  the sun shone brightly, a soft rain was falling, white clouds drifted by, the wind whistled in the chimney,
  snowflakes danced in the air, a rainbow stretched over the hills, the air smelled of hay, fog hung over the fields,
  dew sparkled on the grass, the leaves rustled, thunder grumbled far away, the sky was as blue as a cornflower,
  icicles glittered on the roof, a warm breeze blew from the south, the first stars twinkled, puddles gleamed everywhere,
  the moon rose round and yellow, the ground was covered with frost, the grass was soft and damp,
  the birds chirped from every branch, pollen floated in the sunshine, the afternoon was hot and still`);

export const moves = list(`
  bounced, bounded, climbed, crawled, crept, danced, darted, dashed, galloped, hiked, hopped, hurried, jogged, leaped,
  limped, marched, paddled, paraded, plodded, pranced, raced, rambled, ran, rushed, sauntered, scampered, scrambled,
  scurried, skipped, slipped, sneaked, sprinted, stomped, strolled, strutted, stumbled, tiptoed, toddled, tramped,
  trotted, trudged, waddled, walked, wandered, zigzagged`);

export const saidGladly = list(`
  beamed, called, cheered, chirped, chuckled, cried, exclaimed, giggled, grinned, laughed, said, sang, shouted, squealed`);
export const saidSadly = list(`
  admitted, groaned, moaned, mumbled, murmured, said, sighed, sniffled, sobbed, whimpered, whispered`);
export const saidKindly = list(`
  declared, remarked, said, said gently, said kindly, said quietly, said softly, said warmly`);

export const sounds = list(`
  bang, boom, clang, clatter, click, clink, crack, crackle, crash, creak, ding, drip, fizz, flutter, hiss, hoot, hum,
  jingle, patter, plop, pop, rattle, ring, rumble, rustle, scratch, sizzle, snap, splash, splat, squeak, swish, tap,
  thud, tick, tinkle, twang, whir, whoosh, zip`);

export const jobs = list(`
  baker, beekeeper, blacksmith, bookseller, bus driver, captain, carpenter, clockmaker, cobbler, cook, dentist, doctor,
  farmer, ferryman, firefighter, fisherman, florist, gardener, glassblower, innkeeper, knight, librarian, lifeguard,
  locksmith, magician, mason, mayor, mechanic, miller, milkman, musician, nurse, painter, pilot, plumber, poet, postman,
  potter, puppeteer, sailor, scientist, shepherd, shopkeeper, singer, tailor, teacher, train driver, veterinarian,
  weaver, woodcutter, zookeeper`);

export const surnames = list(`
  Alder, Appleby, Barley, Birdwhistle, Bloom, Brewster, Brook, Cobb, Dale, Drum, Fennel, Finch, Fogg, Gable, Gray, Hobbs,
  Holloway, Kettle, Lantern, Larkin, Merriweather, Moss, Nettle, Oakley, Pennywhistle, Pine, Pottle, Quimby, Reed,
  Sedgewick, Silver, Snow, Tuttle, Underhill, Violet, Wick, Winter, Yew`);

/** What it is made of goes before the noun. */
export const materials = list(`
  bamboo, brass, bronze, canvas, cardboard, clay, copper, cork, glass, iron, leather, linen, oak, paper, pine,
  plastic, rubber, silver, steel, straw, tin, velvet, walnut, wicker, wooden`);

export const tools = list(`
  axle, brush, bucket, chisel, crowbar, drill, file, funnel, hammer, hinge, hook, ladder, lever, magnet, mallet, needle,
  pulley, rake, ruler, saw, screwdriver, shovel, spade, trowel, wheelbarrow, wrench`);

export const sizes = list(`
  crooked, cozy, drafty, dusty, gloomy, grand, lopsided, narrow, noisy, plain, quiet, rickety, round, shabby, small, sunny,
  tall, tidy, tiny, warm`);

export const numbers = list(
  `two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fourteen, fifteen, twenty`,
);

export const instruments = list(`
  accordion, banjo, bassoon, bugle, cello, clarinet, drum, fiddle, flute, guitar, harmonica, harp, mandolin, oboe, piano,
  recorder, tambourine, triangle, trombone, trumpet, tuba, ukulele, violin, xylophone`);

export const games = list(`
  hide-and-seek, tag, hopscotch, leapfrog, checkers, marbles, dominoes, catch, pirates, musical chairs, tug-of-war, charades,
  follow the leader, treasure hunt, dress-up, statues, badminton, croquet, soccer, chess`);

export const nouns = list(`
  adventure, anchor, angel, arrow, avalanche, balcony, bandage, barrel, bathtub, beard, blossom, bonfire, bracelet,
  bubble, bundle, cabin, cactus, camera, canoe, cape, caravan, carousel, castle, cave, chariot, chimney, cloak, comet,
  cradle, crown, curtain, daydream, desert, diamond, dinosaur, dragon, elevator, engine, envelope, fairy, fence,
  fountain, galaxy, gate, ghost, giant, glacier, glove, goblin, harvest, helmet, hurricane, iceberg, igloo, island,
  jewel, jungle, kettle, kingdom, ladder, lake, magnet, mansion, map, mermaid, meteor, mountain, mustache, necklace,
  nest, oasis, ocean, octopus, orchestra, oven, package, palace, parachute, parrot, passport, peacock, pearl, pebble,
  perfume, pillow, pirate, planet, pocket, princess, pyramid, quarry, queen, raft, railroad, raincloud, riddle, river,
  robot, rocket, sandcastle, satellite, scarecrow, shadow, shark, shipwreck, skeleton, sleigh, snowman, spaceship,
  stage, starfish, statue, submarine, sunrise, sunset, sword, temple, tiger, tornado, trapdoor, treasure, trophy,
  tunnel, unicorn, vase, village, volcano, voyage, waterwheel, whale, whirlpool, witch, wizard, yacht, zeppelin`);

export const builds = list(`
  bamboo, brick, clapboard, concrete, log, oak, plank, slate, stone, straw, timber, tin, wicker, wooden`);

export const cloths = list(`
  burlap, canvas, checkered, cotton, felt, flannel, leather, linen, patchwork, velvet, woolen`);

export const stuff = list(`
  bark, bread crumbs, cardboard, chalk, clay, cork, cotton, dust, foam, gravel, moss, paper, plaster, sand, sawdust, straw, twigs, wax, wool`);

export const supplies = list(`
  beams, bolts, boxes, buttons, clamps, cloth, glue, hinges, hooks, nails, nuts, paint, pegs, pipes, planks, pliers, pins,
  poles, ribbons, rope, sandpaper, scissors, screws, springs, staples, string, tape, thread, varnish, wheels, wire, yarn`);

export const saidSoftly = list(`
  mumbled, murmured, said, said softly, stammered, whispered`);

export const days = list(`
  Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday`);

export const clothes = list(`
  apron, bonnet, bow tie, cap, cape, cardigan, coat, hat, hood, jacket, jersey, poncho, pullover, scarf, shawl, shirt, sweater,
  tunic, vest, waistcoat`);

export const smallThings = list(`
  acorns, bottle caps, buttons, corks, feathers, keys, marbles, peanuts, pebbles, pine cones, seashells, stamps, tickets, wishbones`);

export const collections = list(`
  autumn leaves, bird feathers, chestnuts, funny words, ghost stories, jokes, labels, lost gloves, maps, nutshells,
  old bells, pressed flowers, proverbs, riddles, rusty keys, shiny stones, snail shells, spoons, stickers, tongue twisters`);

export const diary = list(`
  adventure, beginning, brave, bravo, courage, delicious, enough, finally, forgiveness, freedom, friend, friendship, gratitude, happiness,
  harmony, homesick, hooray, hope, hurrah, imagination, kindness, laughter, luck, marvelous, miracle, mystery, patience, peace,
  phew, progress, promise, rainbow, respect, safe, splendid, sunshine, surprise, teamwork, thanks, together, tomorrow, trust,
  understanding, unforgettable, victory, welcome, wonder, yes`);

export const looks = list(`
  chubby cheeks, curly hair, long eyelashes, a crooked smile, a dimple in the chin, a gap between the front teeth,
  a pointed nose, a round belly, a scar above the eyebrow, a soft voice, a squeaky voice, ears that turned red easily,
  freckles on the nose, messy hair, short legs, sparkling eyes, strong shoulders, ticklish elbows, wobbly knees`);

export const birds = list(`
  blackbirds, blue jays, canaries, cardinals, chickadees, cuckoos, doves, finches, goldfinches, hummingbirds, larks, nightingales,
  orioles, robins, skylarks, sparrows, starlings, swallows, thrushes, warblers, wrens`);

export const singers = list(
  `bullfrogs, cicadas, crickets, frogs, grasshoppers, nightingales, owls, thrushes, treefrogs, whippoorwills`,
);

export const pocketThings = list(`
  bandage, bottle opener, candle, comb, compass, cookie, eraser, hairpin, handkerchief, harmonica, key, kazoo, lollipop,
  magnet, matchbox, notebook, padlock, paper clip, pencil, peppermint, pocketknife, ruler, safety pin, spool, spoon, thimble,
  toothbrush, walnut, whistle, zipper`);

export const adverbs = list(`
  beautifully, boldly, bravely, calmly, carefully, cheerfully, elegantly, faithfully, furiously, gently, gracefully, greedily,
  happily, hastily, heartily, joyfully, lazily, lightly, loudly, merrily, neatly, nervously, noisily, patiently, peacefully,
  politely, quickly, quietly, rapidly, silently, slowly, smoothly, softly, soundly, sweetly, swiftly, tenderly, wildly, wonderfully`);
