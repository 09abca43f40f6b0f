/** What a piece is for; the names of SentencePiece's `ModelProto.SentencePiece.Type`. */
export type PieceType = "normal" | "unknown" | "control" | "user-defined" | "unused" | "byte";

export interface Piece {
  /** Its text, with `▁` for a space. */
  piece: string;
  /** BPE merges the pair with the highest score first. */
  score: number;
  type: PieceType;
}

/** SentencePiece's `TrainerSpec`, as far as it says how text becomes pieces. */
export interface TrainerSettings {
  model_type: "unigram" | "bpe" | "word" | "char";
  vocab_size: number;
  character_coverage: number;
  /** Bytes; longer lines were left out of the training. */
  max_sentence_length: number;
  /** Code points. */
  max_sentencepiece_length: number;
  split_by_unicode_script: boolean;
  split_by_whitespace: boolean;
  split_by_number: boolean;
  treat_whitespace_as_suffix: boolean;
  split_digits: boolean;
  allow_whitespace_only_pieces: boolean;
  byte_fallback: boolean;
  unk_id: number;
  bos_id: number;
  eos_id: number;
  /** −1: there is none. */
  pad_id: number;
  unk_surface: string;
}

/** SentencePiece's `NormalizerSpec`. */
export interface NormalizerSettings {
  name: string;
  /** Empty: text is taken as it is. */
  precompiled_charsmap: Uint8Array;
  add_dummy_prefix: boolean;
  remove_extra_whitespaces: boolean;
  escape_whitespaces: boolean;
}

/** A tokenizer: the index of a piece is its id. */
export interface TokenizerModel {
  pieces: Piece[];
  trainer: TrainerSettings;
  normalizer: NormalizerSettings;
}

export const unkId = 0;
export const bosId = 1;
export const eosId = 2;

/** Pieces that every model of ours starts with: unk, bos, eos, then the 256 bytes. */
export const metaPieces: readonly Piece[] = [
  { piece: "<unk>", score: 0, type: "unknown" },
  { piece: "<s>", score: 0, type: "control" },
  { piece: "</s>", score: 0, type: "control" },
  ...Array.from({ length: 256 }, (_, byte) => ({
    piece: bytePieceText(byte),
    score: 0,
    type: "byte" as const,
  })),
];

/** `<0x0A>` for a line feed. */
export function bytePieceText(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
}

/** The settings of LLaMA-2's `tokenizer.model`, but for the line limit: ours is larger. */
export const llamaTrainer: Omit<TrainerSettings, "vocab_size"> = {
  model_type: "bpe",
  character_coverage: 0.99995,
  max_sentence_length: 2 ** 20,
  max_sentencepiece_length: 16,
  split_by_unicode_script: true,
  split_by_whitespace: true,
  split_by_number: true,
  treat_whitespace_as_suffix: false,
  split_digits: true,
  allow_whitespace_only_pieces: true,
  byte_fallback: true,
  unk_id: unkId,
  bos_id: bosId,
  eos_id: eosId,
  pad_id: -1,
  unk_surface: " ⁇ ",
};

export const llamaNormalizer: NormalizerSettings = {
  name: "identity",
  precompiled_charsmap: new Uint8Array(0),
  add_dummy_prefix: true,
  remove_extra_whitespaces: false,
  escape_whitespaces: true,
};
