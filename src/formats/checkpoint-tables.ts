/** What a run measured and told, as tensors of its checkpoint. */
import {
  type CheckpointProgress,
  type CheckpointRound,
  parseField,
  type Refuse,
  roundsSchema,
  type StoredColumns,
} from "./checkpoint-schema";
import type { NewTensor } from "./safetensors";

/** What is in a row of each table. */
export const columns = {
  points: ["step", "loss", "learningRate", "gradNorm", "tokensPerSecond", "tokens", "seconds"],
  evaluations: ["step", "loss", "bitsPerByte", "tokens", "seconds"],
} as const;
type Table = keyof typeof columns;
type Row<T extends Table = Table> = Record<(typeof columns)[T][number], number>;

export interface CheckpointHistory {
  points: Row<"points">[];
  evaluations: Row<"evaluations">[];
  rounds: CheckpointRound[];
}

export const tables = { points: "history.points", evaluations: "history.evaluations" } as const;
export const ROUNDS = "history.rounds";

export function fromHistory({ points, evaluations, rounds }: CheckpointHistory): NewTensor[] {
  return [fromRows("points", points), fromRows("evaluations", evaluations), fromRounds(rounds)];
}

function fromRows<T extends Table>(table: T, rows: readonly Row<T>[]): NewTensor {
  const names: readonly (keyof Row<T>)[] = columns[table];
  const values = Float64Array.from(rows.flatMap((row) => names.map((column) => row[column])));
  const bytes = new Uint8Array(values.buffer);
  return { name: tables[table], dtype: "F64", shape: [rows.length, names.length], bytes };
}

function fromRounds(rounds: readonly CheckpointRound[]): NewTensor {
  const bytes = new TextEncoder().encode(JSON.stringify(rounds));
  return { name: ROUNDS, dtype: "U8", shape: [bytes.length], bytes };
}

/**
 * Rows for the charts; one with a value that is no number (a step that was skipped) is left out.
 * Columns that an older file has not got are filled as if all its steps had been alike.
 */
export function toRows<T extends Table>(
  bytes: Uint8Array<ArrayBuffer>,
  table: T,
  stored: StoredColumns,
  progress: CheckpointProgress,
): Row<T>[] {
  const values = new Float64Array(bytes.buffer);
  const width = stored[table].length;
  const places = columns[table].map((column) => [column, stored[table].indexOf(column)] as const);
  const rows: Row<T>[] = [];
  for (let at = 0; at < values.length; at += width) {
    const row = values.subarray(at, at + width);
    if (!row.every(Number.isFinite)) continue;
    const share = progress.step > 0 ? row[stored[table].indexOf("step")]! / progress.step : 0;
    const alike: Partial<Record<string, number>> = {
      tokens: Math.round(progress.tokens * share),
      seconds: progress.seconds * share,
    };
    const entries = places.map(([column, place]) => [column, row[place] ?? alike[column]]);
    rows.push(Object.fromEntries(entries) as Row<T>);
  }
  return rows;
}

export function toRounds(bytes: Uint8Array<ArrayBuffer>, refuse: Refuse): CheckpointRound[] {
  return parseField(roundsSchema, new TextDecoder().decode(bytes), ROUNDS, refuse);
}
