import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Runner } from "./transcript.ts";

/** The commands that have a clock. */
const WITH_NOW = new Set(["decode", "verify", "sign", "rotate-key", "fuzz"]);

/**
 * Runs command lines as processes of their own, in an empty folder with the world's files. The clock comes with
 * `--now`, and a width other than 80 columns from a pseudo-terminal (of util-linux's `script`) around stdout.
 */
export function executableRunner(executable: string): Runner {
  return async (argv, { env, files, now, columns, stdin }) => {
    const folder = mkdtempSync(join(tmpdir(), "cookiesess-transcript-"));
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    const takesNow = WITH_NOW.has(argv[0] ?? "") && !argv.includes("--now");
    const clock = takesNow && now !== undefined ? ["--now", `${now}`] : [];
    const command = [resolve(executable), ...argv, ...clock];
    try {
      const place = { cwd: folder, env: { PATH: process.env.PATH, TZ: "UTC", ...env } };
      return columns === undefined
        ? await runPiped(command, place, String(stdin ?? ""))
        : await runOnTerminal(command, place, columns);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Ended = Awaited<ReturnType<Runner>>;

async function runPiped(
  [program = "", ...argv]: readonly string[],
  place: Place,
  stdin = "",
): Promise<Ended> {
  const child = spawn(program, argv, { ...place, stdio: "pipe" });
  const [stderr, stdout] = [collect(child.stderr), collect(child.stdout)];
  child.stdin.on("error", () => undefined).end(stdin);
  const code = await new Promise<number>((resolve, reject) =>
    child.on("error", reject).on("close", (status) => resolve(status ?? -1)),
  );
  return ended(code, await stderr, await stdout);
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function runOnTerminal(command: readonly string[], place: Place, columns: number): Promise<Ended> {
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const line = `stty cols ${columns} -onlcr && ${quoted} </dev/null 2>stderr`;
  const script = ["script", "--quiet", "--return", "--command", line, "/dev/null"];
  const { code, written } = await runPiped(script, { ...place, env: { NO_COLOR: "1", ...place.env } });
  return ended(
    code,
    readFileSync(join(place.cwd, "stderr"), "utf8"),
    written.map(({ text }) => text).join(""),
  );
}

function ended(code: number, stderr: string, stdout: string): Ended {
  const written = [
    { stream: "stderr", text: stderr },
    { stream: "stdout", text: stdout },
  ] as const;
  return { code, written: written.filter(({ text }) => text !== "") };
}

/**
 * A transcript without what differs from process to process: which of its two streams was written first, and the
 * token that `--with-csrf` draws.
 */
export function comparable(transcript: string): string {
  const blocks = transcript.split(/^(?=\$ )/m).map((block) => {
    const lines = block.split("\n");
    const isError = (line: string) => /^!( |$)/.test(line);
    return [...lines.filter(isError), ...lines.filter((line) => !isError(line))].join("\n");
  });
  return blocks.join("").replace(/csrftoken=\w{32}\b/g, "csrftoken=…");
}
