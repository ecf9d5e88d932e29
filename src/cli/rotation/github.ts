import { fingerprint } from "../../secrets/fingerprint.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";

/**
 * Tells a GitHub Actions workflow: outputs `rotated` and `fingerprint`, and the new secret masked in every later log.
 * The mask is the one place where it is printed; the runner takes that line out of the log.
 */
export async function tellGithub(rotated: boolean, fresh: string | undefined, io: Io): Promise<void> {
  const file = githubOutput(io);
  if (fresh !== undefined) await io.stdout.write(`::add-mask::${fresh}\n`);
  const print = fresh === undefined ? "" : `fingerprint=${fingerprint(fresh)}\n`;
  await io.appendFile(file, `rotated=${rotated}\n${print}`);
}

/** @throws {UsageError} outside GitHub Actions */
export function githubOutput({ env }: Io): string {
  if (!env.GITHUB_OUTPUT)
    throw new UsageError("--github needs GITHUB_OUTPUT", "it is set within GitHub Actions");
  return env.GITHUB_OUTPUT;
}
