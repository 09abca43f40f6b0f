/**
 * Lets a StoryloomError cross threads as what it is. Comlink alone keeps only message, name and stack,
 * so that code and way out would be lost. Import this in the page and in every worker.
 */
import { type TransferHandler, transferHandlers } from "comlink";
import { type Problem, StoryloomError } from "../lib/errors";

interface Thrown {
  value: unknown;
}

const plain = transferHandlers.get("throw") as TransferHandler<Thrown, object>;

const typed: TransferHandler<Thrown, object> = {
  canHandle: plain.canHandle,
  serialize(thrown) {
    if (!(thrown.value instanceof StoryloomError)) return plain.serialize(thrown);
    return [{ problem: thrown.value.problem }, []];
  },
  deserialize(sent) {
    if ("problem" in sent) throw new StoryloomError(sent.problem as Problem);
    return plain.deserialize(sent);
  },
};

transferHandlers.set("throw", typed as TransferHandler<unknown, unknown>);
