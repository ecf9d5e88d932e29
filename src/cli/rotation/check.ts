import { candidates } from "../../core/candidates.ts";
import { readPasted } from "../../core/cookie-input.ts";
import { makeKeyring } from "../../core/keyring.ts";
import { authenticate } from "../../core/verify.ts";
import { fingerprint } from "../../secrets/fingerprint.ts";
import type { Secrets } from "../../secrets/rotation.ts";
import { EXIT, UsageError } from "../errors.ts";
import { holdsSession } from "../holds-session.ts";
import type { Io } from "../io.ts";
import { readLines } from "../lines.ts";
import { readLimits } from "../options.ts";
import { jsonLine } from "../report/json.ts";
import { longestLine } from "../resign/block.ts";
import { openInput } from "../resign/input-file.ts";
import { type AnyBinding, bindKeys } from "../settings.ts";
import type { Making } from "./apply.ts";

/**
 * `--check FILE`: under which secret each session of a sample verifies, whatever its age. Exit 1 when one has none.
 * @throws {UsageError} when there is no session in it
 */
export async function checkSample(
  path: string,
  { current, fallbacks }: Secrets,
  making: Making,
  io: Io,
): Promise<number> {
  const { flags, subject } = making;
  const { cookies } = subject;
  if (cookies === undefined) throw new UsageError(`the cookies of ${flags.format} are not read yet`);
  const secrets = [current, ...fallbacks];
  const limits = readLimits(flags);
  const binding = bindKeys(cookies.format, cookies.options, makeKeyring(current, fallbacks), limits, null);
  const counts = secrets.map(() => 0);
  let none = 0;
  const { chunks } = await openInput(path);
  for await (const line of readLines(chunks, longestLine({ limits }))) {
    const found = "text" in line ? keyOf(line.text, binding, flags.name) : "none";
    if (found === "none") none++;
    else if (found !== undefined) counts[found] = (counts[found] ?? 0) + 1;
  }
  if (none === 0 && counts.every((count) => count === 0)) throw new UsageError(`${path} holds no session`);
  await io.stdout.write(making.flags.json ? asJson(secrets, counts, none) : asText(secrets, counts, none));
  return none === 0 ? EXIT.ok : EXIT.refused;
}

/** The index of the secret under which an item verifies; undefined for one that holds no session. */
function keyOf(text: string, binding: AnyBinding, name: string | undefined): number | "none" | undefined {
  const { format, options } = binding;
  const pasted = readPasted(text);
  for (const { inputs } of candidates(pasted, format, name ?? format.cookieName(options))) {
    for (const { input } of inputs) {
      const match = authenticate(input, binding);
      if (match.ok) return match.value.keyIndex;
    }
  }
  return holdsSession(pasted, [binding], name) ? "none" : undefined;
}

function roleOf(index: number): string {
  return index === 0 ? "signing" : `fallback ${index}`;
}

function asText(secrets: readonly string[], counts: readonly number[], none: number): string {
  const rows = secrets.map(
    (secret, index) => `${fingerprint(secret)}  ${roleOf(index).padEnd(10)}  ${counts[index]}`,
  );
  return `${[...rows, `${"none of them".padEnd(27)}  ${none}`].join("\n")}\n`;
}

function asJson(secrets: readonly string[], counts: readonly number[], none: number): string {
  const rows = secrets.map((secret, index) => ({
    fingerprint: fingerprint(secret),
    role: roleOf(index),
    count: counts[index] ?? 0,
  }));
  return jsonLine({ secrets: rows, none });
}
