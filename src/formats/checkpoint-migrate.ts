/** The strings of a checkpoint's metadata. */
export type Metadata = ReadonlyMap<string, string>;
/** Turns the metadata of one schema into that of the next. */
export type Migration = (metadata: Metadata) => Metadata;

/** migrations[i] leads from schema i + 1 to schema i + 2. Schema 1 is the first. */
const migrations: readonly Migration[] = [];

/** The schema that is written, and the newest that is read. */
export const SCHEMA = migrations.length + 1;

/** @param schema that the metadata has: 1 … steps.length + 1 */
export function migrate(metadata: Metadata, schema: number, steps = migrations): Metadata {
  return steps.slice(schema - 1).reduce((current, step) => step(current), metadata);
}
