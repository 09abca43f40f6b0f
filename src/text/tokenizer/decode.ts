import { characterBytes, Utf8Checker } from "../utf8";
import type { TokenizerModel } from "./model";

const replacement = "\ufffd";

/** Bytes that arrive one by one, as text; a byte that is no part of a character becomes U+FFFD. */
class ByteText {
  private pending: number[] = [];

  /** @returns the text that is complete now */
  push(byte: number): string {
    this.pending.push(byte);
    let text = "";
    while (this.pending.length > 0) {
      const bytes = Uint8Array.from(this.pending);
      if (new Utf8Checker().push(bytes) >= 0) {
        text += replacement;
        this.pending.shift();
      } else if (bytes.length < characterBytes(bytes[0]!)) break;
      else {
        text += new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        this.pending = [];
      }
    }
    return text;
  }

  /** The rest can no longer become a character. */
  end(): string {
    const text = replacement.repeat(this.pending.length);
    this.pending = [];
    return text;
  }
}

/**
 * Turns ids into text one by one, as SentencePiece decodes them: control pieces vanish, `▁` is a
 * space, the first space of a text (the dummy prefix) is dropped, byte pieces are joined to UTF-8.
 */
export class StreamDecoder {
  private readonly model: TokenizerModel;
  private readonly bytes = new ByteText();
  /** No piece with text has come yet. */
  private atStart: boolean;

  /** @param continues the text before this is shown already: its first space is a real one */
  constructor(model: TokenizerModel, continues = false) {
    this.model = model;
    this.atStart = !continues;
  }

  /** @returns the text that is complete with this id; an id that the model does not have gives none */
  push(id: number): string {
    const piece = this.model.pieces[id];
    if (piece === undefined) return "";
    if (piece.type === "byte") {
      this.atStart = false;
      return this.bytes.push(Number.parseInt(piece.piece.slice(3, 5), 16));
    }
    const before = this.bytes.end();
    if (piece.type === "control") return before;
    const text =
      piece.type === "unknown"
        ? this.model.trainer.unk_surface
        : piece.piece.slice(this.dummyPrefix(piece.piece)).replaceAll("▁", " ");
    this.atStart = false;
    return before + text;
  }

  /** @returns what an unfinished character leaves: U+FFFD for each of its bytes */
  end(): string {
    return this.bytes.end();
  }

  private dummyPrefix(piece: string): number {
    const drops = this.atStart && this.model.normalizer.add_dummy_prefix && piece.startsWith("▁");
    return drops ? 1 : 0;
  }
}

/** The text of a whole list of ids. */
export function decode(model: TokenizerModel, ids: Iterable<number>): string {
  const decoder = new StreamDecoder(model);
  let text = "";
  for (const id of ids) text += decoder.push(id);
  return text + decoder.end();
}
