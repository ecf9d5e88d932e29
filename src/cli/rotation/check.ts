import { candidates } from "../../core/candidates.ts";
import { readPasted } from "../../core/cookie-input.ts";
import { makeKeyring } from "../../core/keyring.ts";
import { DEFAULT_LIMITS } from "../../core/limits.ts";
import { authenticate } from "../../core/verify.ts";
import { fingerprint } from "../../secrets/fingerprint.ts";
import type { Secrets } from "../../secrets/rotation.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { readLines } from "../lines.ts";
import { jsonLine } from "../report/json.ts";
import { openInput } from "../resign/input-file.ts";
import { type AnyBinding, bindKeys, settle } from "../settings.ts";
import type { Making } from "./apply.ts";

/** `--check FILE`: under which secret each cookie of a sample verifies, whatever its age. Exit 1 when one has none. */
export async function checkSample(
  path: string,
  { current, fallbacks }: Secrets,
  making: Making,
  io: Io,
): Promise<number> {
  const { format } = making.subject;
  if (format === undefined) throw new UsageError(`the cookies of ${making.flags.format} are not read yet`);
  const secrets = [current, ...fallbacks];
  const binding = bindKeys(format, settle(format, {}), makeKeyring(current, fallbacks), DEFAULT_LIMITS, null);
  const counts = secrets.map(() => 0);
  let none = 0;
  const { chunks } = await openInput(path);
  for await (const line of readLines(chunks, DEFAULT_LIMITS.maxLength)) {
    if ("text" in line && line.text.trim() === "") continue;
    const index = "text" in line ? keyOf(line.text, binding) : undefined;
    if (index === undefined) none++;
    else counts[index] = (counts[index] ?? 0) + 1;
  }
  await io.stdout.write(making.flags.json ? asJson(secrets, counts, none) : asText(secrets, counts, none));
  return none === 0 ? EXIT.ok : EXIT.refused;
}

function keyOf(text: string, binding: AnyBinding): number | undefined {
  const { format, options } = binding;
  for (const { inputs } of candidates(readPasted(text), format, format.cookieName(options))) {
    for (const { input } of inputs) {
      const match = authenticate(input, binding);
      if (match.ok) return match.value.keyIndex;
    }
  }
  return undefined;
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
