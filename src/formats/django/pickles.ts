import type { Note } from "../../core/cookie.ts";
import { ok } from "../../core/result.ts";
import { looksLikePickle, readPickle } from "../../encoding/pickle.ts";
import type { Unpickler } from "./payload.ts";

/** The sessions of PickleSerializer. */
export const pickles: Unpickler = {
  recognises: looksLikePickle,
  read(data, limits) {
    const pickle = readPickle(Uint8Array.from(data), limits);
    if (!pickle.ok) return pickle;
    return ok({ value: pickle.value.value, warnings: [warning(pickle.value.unknown)] });
  },
};

function warning(unknown: readonly string[]): Note {
  const named = unknown.length > 0 ? ` This one names ${unknown.slice(0, 5).join(", ")}.` : "";
  return {
    level: "warning",
    code: "pickle",
    text: `Pickled session: whoever holds the secret can run code on the server. Nothing was run here.${named}`,
  };
}
