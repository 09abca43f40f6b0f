/** The strings of a checkpoint's metadata. */
export type Metadata = ReadonlyMap<string, string>;
/** Turns the metadata of one schema into that of the next. */
export type Migration = (metadata: Metadata) => Metadata;

/** Schema 1 knew runs only, did not say what is in their tables, and had its losses only there. */
function describeContents(metadata: Metadata): Metadata {
  const columns = {
    points: ["step", "loss", "learningRate", "gradNorm", "tokensPerSecond"],
    evaluations: ["step", "loss", "bitsPerByte"],
  };
  return new Map([
    ...metadata,
    ["contents", JSON.stringify("run")],
    ["columns", JSON.stringify(columns)],
    ["losses", JSON.stringify({ training: null, validation: null })],
  ]);
}

/** migrations[i] leads from schema i + 1 to schema i + 2. Schema 1 is the first. */
const migrations: readonly Migration[] = [describeContents];

/** The schema that is written, and the newest that is read. */
export const SCHEMA = migrations.length + 1;

/** @param schema that the metadata has: 1 … steps.length + 1 */
export function migrate(metadata: Metadata, schema: number, steps = migrations): Metadata {
  return steps.slice(schema - 1).reduce((current, step) => step(current), metadata);
}
