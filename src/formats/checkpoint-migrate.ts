/** The strings of a checkpoint's metadata. */
export type Metadata = ReadonlyMap<string, string>;
/** Turns the metadata of one schema into that of the next. */
export type Migration = (metadata: Metadata) => Metadata;

/** Schema 1 did not say what is in its tables. */
function nameColumns(metadata: Metadata): Metadata {
  const columns = {
    points: ["step", "loss", "learningRate", "gradNorm", "tokensPerSecond"],
    evaluations: ["step", "loss", "bitsPerByte"],
  };
  return new Map([...metadata, ["columns", JSON.stringify(columns)]]);
}

/** migrations[i] leads from schema i + 1 to schema i + 2. Schema 1 is the first. */
const migrations: readonly Migration[] = [nameColumns];

/** The schema that is written, and the newest that is read. */
export const SCHEMA = migrations.length + 1;

/** @param schema that the metadata has: 1 … steps.length + 1 */
export function migrate(metadata: Metadata, schema: number, steps = migrations): Metadata {
  return steps.slice(schema - 1).reduce((current, step) => step(current), metadata);
}
