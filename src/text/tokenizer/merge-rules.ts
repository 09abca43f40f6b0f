import { problem } from "../../lib/errors";
import { wordStart } from "./characters";
import { bosId, bytePieceText, eosId, type TokenizerModel, unkId } from "./model";

/** `join` of two symbols that make no piece. */
export const noPiece = -1;

/**
 * What a BPE encoder asks a model, by number. A symbol is the id of a normal piece, or a number from
 * `pieces.length` on for a character that is in pieces but is none itself; the last number stands for
 * all characters that are in no piece.
 */
export class MergeRules {
  /** Score of each id. */
  readonly scores: Float64Array;
  /** Id of the piece of each byte. */
  readonly byteIds: Int32Array;
  private readonly symbolOfCharacter = new Map<number, number>();
  private readonly joined = new Map<number, number>();
  private readonly pieceCount: number;
  private readonly symbolCount: number;

  /** @throws `tokenizer-unsupported` */
  constructor(model: TokenizerModel) {
    requireSupported(model);
    this.pieceCount = model.pieces.length;
    this.scores = Float64Array.from(model.pieces, (piece) => piece.score);
    const ids = new Map(model.pieces.map(({ piece }, id) => [piece, id]));
    this.byteIds = Int32Array.from({ length: 256 }, (_, byte) => ids.get(bytePieceText(byte))!);
    const normal = new Map(
      model.pieces.flatMap(({ piece, type }, id) => (type === "normal" ? [[piece, id]] : [])),
    );
    const symbols = new Map(normal);
    for (const piece of normal.keys()) {
      for (const character of piece) {
        if (!symbols.has(character)) {
          symbols.set(character, this.pieceCount + symbols.size - normal.size);
        }
      }
    }
    this.symbolCount = this.pieceCount + symbols.size - normal.size + 1;
    for (const [text, symbol] of symbols) {
      const codePoint = text.codePointAt(0)!;
      if (text === String.fromCodePoint(codePoint)) this.symbolOfCharacter.set(codePoint, symbol);
    }
    for (const [piece, id] of normal) {
      for (let at = 1; at < piece.length; at++) {
        const left = symbols.get(piece.slice(0, at));
        const right = symbols.get(piece.slice(at));
        if (left !== undefined && right !== undefined) {
          this.joined.set(left * this.symbolCount + right, id);
        }
      }
    }
  }

  characterSymbol(codePoint: number): number {
    return this.symbolOfCharacter.get(codePoint) ?? this.symbolCount - 1;
  }

  /** @returns the id of the piece that two symbols make, or `noPiece` */
  join(left: number, right: number): number {
    return this.joined.get(left * this.symbolCount + right) ?? noPiece;
  }

  /** Is the symbol the id of a piece? Otherwise it is a character to be spelled in bytes. */
  isPiece(symbol: number): boolean {
    return symbol < this.pieceCount;
  }
}

/** The encoder is exact for byte-fallback BPE that keeps words apart; nothing else is let in. */
function requireSupported({ pieces, trainer, normalizer }: TokenizerModel): void {
  const texts = new Set(pieces.map(({ piece }) => piece));
  const missingByte = Array.from({ length: 256 }, (_, byte) => bytePieceText(byte)).find(
    (piece) => !texts.has(piece),
  );
  const crossing = pieces.find(
    ({ piece, type }) =>
      type === "normal" && piece.replace(/^\u2581+/, "").includes(String.fromCodePoint(wordStart)),
  );
  const special = pieces.find(({ type }) => type === "user-defined" || type === "unused");
  const [unk, bos, eos] = [unkId, bosId, eosId].map((id) => pieces[id]?.type);
  const llamaIds = unk === "unknown" && bos === "control" && eos === "control";
  const withNewline = pieces.find(({ piece }) => piece.includes("\n"));
  const reasons: [bad: boolean, reason: string][] = [
    [trainer.model_type !== "bpe", `it is of type ${trainer.model_type}, not bpe`],
    [pieces.length > 2 ** 16, `it has ${pieces.length} pieces, and ids have 16 bits`],
    [!llamaIds, "its first pieces are not unk, bos and eos"],
    [missingByte !== undefined, `it has no piece ${missingByte}`],
    [crossing !== undefined, `its piece “${crossing?.piece}” goes over a space`],
    [special !== undefined, `it has the ${special?.type} piece “${special?.piece}”`],
    [withNewline !== undefined, "it has a piece with a line feed"],
    [trainer.treat_whitespace_as_suffix, "it puts spaces after words"],
    [normalizer.precompiled_charsmap.length > 0, `it normalizes text (${normalizer.name})`],
    [normalizer.remove_extra_whitespaces, "it removes spaces"],
    [!normalizer.escape_whitespaces, "it does not write spaces as ▁"],
    [!normalizer.add_dummy_prefix, "it puts no space before the text"],
  ];
  const failed = reasons.find(([bad]) => bad);
  if (failed) throw problem("tokenizer-unsupported", { reason: failed[1] });
}
