import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleStories } from "./sample-stories/generate";

/** `node tools/run.mjs sample-stories` writes public/sample-stories.txt anew. */
writeFileSync(join(process.cwd(), "public", "sample-stories.txt"), sampleStories());
