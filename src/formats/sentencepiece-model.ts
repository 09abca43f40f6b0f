import { PbfReader, PbfWriter } from "pbf";
import { problem } from "../lib/errors";
import type {
  NormalizerSettings,
  Piece,
  TokenizerModel,
  TrainerSettings,
} from "../text/tokenizer/model";

/*
 * SentencePiece's ModelProto (sentencepiece_model.proto, proto2):
 * 1 pieces, 2 trainer_spec, 3 normalizer_spec. Numbers below are that file's field numbers.
 */

const pieceTypes = ["normal", "unknown", "control", "user-defined", "unused", "byte"] as const;
const modelTypes = ["unigram", "bpe", "word", "char"] as const;

/** Writes the bytes of a `.model` file that SentencePiece, transformers and llama.cpp load. */
export function writeSentencePieceModel(model: TokenizerModel): Uint8Array {
  const pbf = new PbfWriter();
  for (const piece of model.pieces) pbf.writeMessage(1, writePiece, piece);
  pbf.writeMessage(2, writeTrainer, model);
  pbf.writeMessage(3, writeNormalizer, model.normalizer);
  return pbf.finish();
}

/**
 * In place of pbf's `writeStringField`, which spoils characters from U+20000 on (pbf 5.1.2 puts
 * surrogates together with `|` where `+` is needed). May go when the round-trip test passes without.
 */
function writeString(pbf: PbfWriter, field: number, text: string): void {
  pbf.writeBytesField(field, new TextEncoder().encode(text));
}

function writePiece({ piece, score, type }: Piece, pbf: PbfWriter): void {
  writeString(pbf, 1, piece);
  pbf.writeFloatField(2, score);
  if (type !== "normal") pbf.writeVarintField(3, pieceTypes.indexOf(type) + 1);
}

function writeTrainer({ trainer, pieces }: TokenizerModel, pbf: PbfWriter): void {
  pbf.writeVarintField(3, modelTypes.indexOf(trainer.model_type) + 1);
  pbf.writeVarintField(4, trainer.vocab_size);
  writeString(pbf, 7, "text");
  pbf.writeFloatField(10, trainer.character_coverage);
  pbf.writeVarintField(18, trainer.max_sentence_length);
  pbf.writeVarintField(20, trainer.max_sentencepiece_length);
  pbf.writeBooleanField(21, trainer.split_by_unicode_script);
  pbf.writeBooleanField(22, trainer.split_by_whitespace);
  pbf.writeBooleanField(23, trainer.split_by_number);
  pbf.writeBooleanField(24, trainer.treat_whitespace_as_suffix);
  pbf.writeBooleanField(25, trainer.split_digits);
  pbf.writeBooleanField(26, trainer.allow_whitespace_only_pieces);
  pbf.writeBooleanField(32, true); // vocabulary_output_piece_score
  pbf.writeBooleanField(33, true); // hard_vocab_limit
  pbf.writeBooleanField(35, trainer.byte_fallback);
  pbf.writeVarintField(40, trainer.unk_id);
  pbf.writeVarintField(41, trainer.bos_id);
  pbf.writeVarintField(42, trainer.eos_id);
  pbf.writeVarintField(43, trainer.pad_id);
  writeString(pbf, 44, trainer.unk_surface);
  writeString(pbf, 45, pieces[trainer.unk_id]?.piece ?? "<unk>");
  writeString(pbf, 46, pieces[trainer.bos_id]?.piece ?? "<s>");
  writeString(pbf, 47, pieces[trainer.eos_id]?.piece ?? "</s>");
  writeString(pbf, 48, pieces[trainer.pad_id]?.piece ?? "<pad>");
}

function writeNormalizer(normalizer: NormalizerSettings, pbf: PbfWriter): void {
  writeString(pbf, 1, normalizer.name);
  pbf.writeBytesField(2, normalizer.precompiled_charsmap);
  pbf.writeBooleanField(3, normalizer.add_dummy_prefix);
  pbf.writeBooleanField(4, normalizer.remove_extra_whitespaces);
  pbf.writeBooleanField(5, normalizer.escape_whitespaces);
}

/**
 * Reads a `.model` file. Fields that are not written take the defaults of proto2; fields that
 * `TokenizerModel` has no place for are passed over.
 *
 * @throws `tokenizer-malformed` for bytes that are cut off or are no such file
 */
export function readSentencePieceModel(bytes: Uint8Array): TokenizerModel {
  const model: TokenizerModel = {
    pieces: [],
    trainer: { ...defaultTrainer },
    normalizer: { ...defaultNormalizer },
  };
  const seen = new Set<number>();
  try {
    const pbf = new PbfReader(bytes);
    readFields(pbf, bytes.length, (field) => {
      seen.add(field);
      if (field === 1) model.pieces.push(readPiece(pbf));
      else if (field === 2) readTrainer(pbf, model.trainer);
      else if (field === 3) readNormalizer(pbf, model.normalizer);
    });
    // SentencePiece always writes them; without them a cut-off file could look whole.
    if (!seen.has(2) || !seen.has(3)) throw new Error("its settings are missing");
    requireConsistent(model);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw problem("tokenizer-malformed", { reason });
  }
  return model;
}

const defaultTrainer: TrainerSettings = {
  model_type: "unigram",
  vocab_size: 8000,
  character_coverage: 0.9995,
  max_sentence_length: 4192,
  max_sentencepiece_length: 16,
  split_by_unicode_script: true,
  split_by_whitespace: true,
  split_by_number: true,
  treat_whitespace_as_suffix: false,
  split_digits: false,
  allow_whitespace_only_pieces: false,
  byte_fallback: false,
  unk_id: 0,
  bos_id: 1,
  eos_id: 2,
  pad_id: -1,
  unk_surface: " ⁇ ",
};

const defaultNormalizer: NormalizerSettings = {
  name: "",
  precompiled_charsmap: new Uint8Array(0),
  add_dummy_prefix: true,
  remove_extra_whitespaces: true,
  escape_whitespaces: true,
};

/** Wire types of protobuf. */
const wire = { varint: 0, bytes: 2, float: 5 };

/** Calls `read` at the value of each field; what it does not read is skipped. */
function readFields(pbf: PbfReader, end: number, read: (field: number) => void): void {
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) {
    read(field);
    if (pbf.pos > end) break;
  }
  if (pbf.pos !== end) throw new Error(`a field does not end where it should, at byte ${end}`);
}

function expectWire(pbf: PbfReader, type: number): void {
  if (pbf.type !== type) throw new Error(`the field at byte ${pbf.pos} has the wrong type`);
}

function readMessage(pbf: PbfReader, read: (field: number) => void): void {
  expectWire(pbf, wire.bytes);
  const length = pbf.readVarint();
  const end = pbf.pos + length;
  if (!(length >= 0 && end <= pbf.length)) {
    throw new Error(`the field at byte ${pbf.pos} goes beyond the end`);
  }
  readFields(pbf, end, read);
}

function readBytes(pbf: PbfReader): Uint8Array {
  expectWire(pbf, wire.bytes);
  return pbf.readBytes();
}

function readString(pbf: PbfReader): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readBytes(pbf));
}

function readFloat(pbf: PbfReader): number {
  expectWire(pbf, wire.float);
  const value = pbf.readFloat();
  if (!Number.isFinite(value)) throw new Error("a number is not finite");
  return value;
}

function readInteger(pbf: PbfReader): number {
  expectWire(pbf, wire.varint);
  return pbf.readVarint(true);
}

const readBoolean = (pbf: PbfReader): boolean => readInteger(pbf) !== 0;

/** A value of an enum that counts from 1. */
function readEnum<T>(pbf: PbfReader, names: readonly T[]): T {
  const value = readInteger(pbf);
  const name = names[value - 1];
  if (name === undefined) throw new Error(`there is no type ${value}`);
  return name;
}

function readPiece(pbf: PbfReader): Piece {
  const piece: Piece = { piece: "", score: 0, type: "normal" };
  readMessage(pbf, (field) => {
    if (field === 1) piece.piece = readString(pbf);
    else if (field === 2) piece.score = readFloat(pbf);
    else if (field === 3) piece.type = readEnum(pbf, pieceTypes);
  });
  return piece;
}

function readTrainer(pbf: PbfReader, trainer: TrainerSettings): void {
  const fields: Record<number, () => void> = {
    3: () => (trainer.model_type = readEnum(pbf, modelTypes)),
    4: () => (trainer.vocab_size = readInteger(pbf)),
    10: () => (trainer.character_coverage = readFloat(pbf)),
    18: () => (trainer.max_sentence_length = readInteger(pbf)),
    20: () => (trainer.max_sentencepiece_length = readInteger(pbf)),
    21: () => (trainer.split_by_unicode_script = readBoolean(pbf)),
    22: () => (trainer.split_by_whitespace = readBoolean(pbf)),
    23: () => (trainer.split_by_number = readBoolean(pbf)),
    24: () => (trainer.treat_whitespace_as_suffix = readBoolean(pbf)),
    25: () => (trainer.split_digits = readBoolean(pbf)),
    26: () => (trainer.allow_whitespace_only_pieces = readBoolean(pbf)),
    35: () => (trainer.byte_fallback = readBoolean(pbf)),
    40: () => (trainer.unk_id = readInteger(pbf)),
    41: () => (trainer.bos_id = readInteger(pbf)),
    42: () => (trainer.eos_id = readInteger(pbf)),
    43: () => (trainer.pad_id = readInteger(pbf)),
    44: () => (trainer.unk_surface = readString(pbf)),
  };
  readMessage(pbf, (field) => fields[field]?.());
}

function readNormalizer(pbf: PbfReader, normalizer: NormalizerSettings): void {
  readMessage(pbf, (field) => {
    if (field === 1) normalizer.name = readString(pbf);
    else if (field === 2) normalizer.precompiled_charsmap = readBytes(pbf).slice();
    else if (field === 3) normalizer.add_dummy_prefix = readBoolean(pbf);
    else if (field === 4) normalizer.remove_extra_whitespaces = readBoolean(pbf);
    else if (field === 5) normalizer.escape_whitespaces = readBoolean(pbf);
  });
}

/** LLaMA's pieces have 16 code points at most; the encoder's tables grow with the square of this. */
const maxPieceLength = 256;

/** What SentencePiece demands of a model, too. */
function requireConsistent({ pieces, trainer }: TokenizerModel): void {
  const texts = new Set<string>();
  for (const { piece } of pieces) {
    if (piece === "" || piece.length > maxPieceLength) {
      throw new Error(`a piece has ${piece.length} characters`);
    }
    if (texts.has(piece)) throw new Error(`the piece “${piece}” is there twice`);
    texts.add(piece);
  }
  const unknown = pieces.filter(({ type }) => type === "unknown").length;
  if (unknown !== 1) throw new Error(`it has ${unknown} unknown pieces instead of one`);
  const bytes = pieces.filter(({ type }) => type === "byte").length;
  if (bytes !== (trainer.byte_fallback ? 256 : 0)) throw new Error(`it has ${bytes} byte pieces`);
}
