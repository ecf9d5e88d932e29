import type { AnyFormat } from "../core/guide.ts";
import type { Keyring } from "../core/keyring.ts";
import type { Io } from "./io.ts";
import type { CommonFlags } from "./options.ts";

/** Says once, on stderr, which secrets the framework itself would call weak: by their number, never by their text. */
export function warnOfWeakSecrets(
  keyring: Keyring,
  flags: CommonFlags,
  io: Io,
): (format: AnyFormat) => Promise<void> {
  let said = flags.json === true || flags.quiet === true;
  return async (format) => {
    if (said) return;
    said = true;
    for (const [index, secret] of keyring.entries()) {
      const why = secret && format.weakness?.(secret);
      const which = keyring.length === 1 ? "the secret" : `secret ${index + 1}`;
      if (why) await io.stderr.write(`warning: ${which} is weak: ${why}\n`);
    }
  };
}
