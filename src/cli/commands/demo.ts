import type { Command } from "commander";
import { parseDuration } from "../../core/duration.ts";
import { type DemoFlags, demoOptions } from "../../demo/flags.ts";
import { FLAW_NAMES, FLAWS } from "../../demo/flaws/index.ts";
import type { DemoOptions } from "../../demo/options.ts";
import { type Demo, startDemo } from "../../demo/server.ts";
import { checkName } from "../choices.ts";
import { EXIT, UsageError } from "../errors.ts";
import { onInterrupt } from "../interrupt.ts";
import type { Io } from "../io.ts";
import { hasSecrets, readSecrets, type SecretFlags } from "../secrets.ts";
import { asUsage } from "../settings.ts";

type Flags = DemoFlags & SecretFlags & { readonly quiet?: boolean };

/** `cookiesess demo`: serves until it is asked to end, and exits with 0. */
export async function demoCommand(command: Command, io: Io): Promise<number> {
  const flags = command.opts<Flags>();
  if (flags.flaw === "list") {
    for (const { name, summary } of FLAWS) await io.stdout.write(`${name.padEnd(23)} ${summary}\n`);
    return EXIT.ok;
  }
  if (flags.flaw !== undefined) checkName("flaw", flags.flaw, FLAW_NAMES, "--flaw list");
  const secrets = await readGivenSecrets(flags, io);
  const log = flags.quiet
    ? undefined
    : (line: string) => void io.stderr.write(`${line}\n`).catch(() => undefined);
  const options = { ...asUsage(() => demoOptions(flags)), maxAge: readMaxAge(flags), ...secrets, log };
  const demo = await start(options);
  const asked = new Promise<void>((resolve) => onInterrupt(resolve));
  await io.stdout.write(`${demo.url}\n`);
  if (!flags.quiet) await io.stderr.write(greeting(secrets.secret === undefined, flags.flaw));
  await asked;
  await demo.close();
  return EXIT.ok;
}

function greeting(random: boolean, flaw: string | undefined): string {
  const secret = random ? "The secret is a random one: sessions end with this server.\n" : "";
  const broken = flaw === undefined ? "" : `Broken on purpose: ${flaw}. Let nobody else use it.\n`;
  return `${secret}${broken}Ctrl-C ends it.\n`;
}

async function readGivenSecrets(flags: Flags, io: Io): Promise<Pick<DemoOptions, "secret" | "fallbacks">> {
  if (!hasSecrets(flags, io)) return {};
  const [current, ...others] = await readSecrets(flags, io);
  return { secret: current, fallbacks: others.filter((fallback) => fallback !== undefined) };
}

function readMaxAge({ maxAge }: Flags): number | undefined {
  if (maxAge === undefined) return undefined;
  const seconds = parseDuration(maxAge);
  if (seconds === undefined || seconds === null) {
    throw new UsageError(`--max-age: "${maxAge}" is not a duration`, "seconds, or 90s, 15m, 12h, 14d, 2w");
  }
  return seconds;
}

async function start(options: DemoOptions): Promise<Demo> {
  try {
    return await startDemo(options);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw new UsageError(`port ${options.port} is in use`, "another --port, or none for a free one");
    }
    if (code === "EACCES")
      throw new UsageError(`port ${options.port} is not open to you`, "a --port from 1024 on");
    throw error;
  }
}
