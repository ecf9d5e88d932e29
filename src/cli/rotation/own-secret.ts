import { makeKeyring } from "../../core/keyring.ts";
import { checkSecret } from "../../secrets/generate.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { readOwnSecret } from "../secrets.ts";
import { asUsage } from "../settings.ts";
import { warnOfWeakSecrets } from "../weakness.ts";
import type { RotationFlags, Subject } from "./subject.ts";

/**
 * One's own new secret, where `--new-secret…` gives one. Says on stderr when its framework would call it weak.
 * @throws {UsageError} on one that is too short, and on `--secret…`, which elsewhere gives the old ones
 */
export async function ownSecret(
  { settings, cookies }: Subject,
  flags: RotationFlags,
  io: Io,
): Promise<string | undefined> {
  refuseOldSecrets(flags);
  const secret = await readOwnSecret(flags, io);
  if (secret === undefined) return undefined;
  asUsage(() => checkSecret(secret, settings.shape));
  if (cookies !== undefined) await warnOfWeakSecrets(makeKeyring(secret), flags, io)(cookies.format);
  return secret;
}

const OLD_FLAGS = [
  ["secret", "--secret"],
  ["secretFile", "--secret-file"],
  ["secretEnv", "--secret-env"],
] as const;

function refuseOldSecrets(flags: RotationFlags): void {
  const [, flag] = OLD_FLAGS.find(([name]) => flags[name] !== undefined) ?? [];
  const mode = flags.stdout ? "--stdout" : "--file";
  if (flag !== undefined) {
    throw new UsageError(
      `${flag} gives an old secret, and ${mode} reads those itself`,
      `--new-${flag.slice(2)} gives the new one; without it one is generated`,
    );
  }
  if (flags.secretEncoding !== undefined) {
    throw new UsageError(`--secret-encoding has no effect with ${mode}`, "secrets are written as they are");
  }
}
