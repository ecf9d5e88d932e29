import { cookieSession, django, flask } from "./fixtures.ts";
import { type Outcome, run, type World } from "./io.ts";

/** Runs a command line in a world: in this process, or as one of its own. */
export type Runner = (
  argv: readonly string[],
  world: World & { readonly files: Readonly<Record<string, string>> },
) => Promise<Pick<Outcome, "code" | "written">>;

/**
 * Runs a transcript and gives it back with what the commands really print. Its lines:
 *
 * - `-- words`: prose
 * - `@ now TIME`, `@ columns N`, `@ env NAME=VALUE`, `@ file PATH TEXT` (with `\n` for a newline)
 * - `@ cookie NAME django/5.2.18 id`: `$NAME` is a cookie that the framework made, `$NAME_SECRET` its secret
 * - `$ [NAME=VALUE] cookiesess … [< PATH]`, then what it prints: stderr behind `! `, escapes as `␛`, and the exit
 *   code when it is not 0
 */
export async function rerun(text: string, runner: Runner = run): Promise<string> {
  const stage: Stage = { env: {}, files: {}, variables: new Map(), world: {} };
  const lines: string[] = [];
  let printing = false;
  for (const line of text.trimEnd().split("\n")) {
    if (line.startsWith("$ ")) {
      lines.push(line, ...(await runLine(line.slice(2), stage, runner)), "");
      printing = true;
    } else if (/^(?:--|@) /.test(line)) {
      if (line.startsWith("@ ")) prepare(line.slice(2), stage);
      lines.push(line);
      printing = false;
    } else if (!printing) {
      lines.push(line);
    }
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

interface Stage {
  readonly env: Record<string, string>;
  readonly files: Record<string, string>;
  readonly variables: Map<string, string>;
  world: World;
}

function prepare(directive: string, stage: Stage): void {
  const [, kind = "", first = "", rest = ""] = /^(\S+) (\S+)(?: (.*))?$/.exec(directive) ?? [];
  if (kind === "now") stage.world = { ...stage.world, now: Date.parse(first) / 1000 };
  else if (kind === "columns") stage.world = { ...stage.world, columns: Number(first) };
  else if (kind === "file") stage.files[first] = expand(rest, stage).replaceAll("\\n", "\n");
  else if (kind === "env") {
    const [name = "", ...value] = directive.slice("env ".length).split("=");
    stage.env[name] = expand(value.join("="), stage);
  } else if (kind === "cookie") setCookie(first, rest, stage);
  else throw new Error(`unknown directive: ${directive}`);
}

function setCookie(variable: string, fixture: string, { variables }: Stage): void {
  const [path = "", id = ""] = fixture.split(" ");
  const [format, release] = path.split("/");
  if (format === "cookie-session") {
    const { header, secret } = cookieSession(id);
    variables.set(variable, header).set(`${variable}_SECRET`, secret);
    return;
  }
  const { value, secret } = (format === "flask" ? flask : django)(id, release);
  variables.set(variable, value).set(`${variable}_SECRET`, secret);
}

function expand(text: string, { variables }: Stage): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => {
    const value = variables.get(braced ?? plain ?? "");
    if (value === undefined) throw new Error(`${whole} is not set`);
    return value;
  });
}

async function runLine(line: string, stage: Stage, runner: Runner): Promise<string[]> {
  const words = shellWords(line, stage);
  const program = words.indexOf("cookiesess");
  const redirect = words.indexOf("<");
  const path = redirect < 0 ? undefined : words[redirect + 1];
  const own = Object.fromEntries(words.slice(0, program).map((word) => word.split(/=(.*)/s)));
  const outcome = await runner(words.slice(program + 1, redirect < 0 ? undefined : redirect), {
    ...stage.world,
    env: { ...stage.env, ...own },
    files: stage.files,
    ...(path !== undefined && { stdin: stage.files[path] ?? "" }),
  });
  const printed = outcome.written.flatMap(({ stream, text }) =>
    text
      .replace(/\n$/, "")
      .split("\n")
      .map((part) => (stream === "stderr" ? `! ${part}`.trimEnd() : part)),
  );
  const exit = outcome.code === 0 ? [] : [`[exit ${outcome.code}]`];
  return [...printed, ...exit].map((part) => part.replaceAll("\u001b", "␛"));
}

/** Words of a POSIX shell, as far as transcripts need them: quotes, variables, escapes in double quotes. */
function shellWords(line: string, stage: Stage): string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+/g) ?? [];
  return words.map((word) =>
    word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|[^'"]+/g, (plain, single?: string, double?: string) => {
      if (single !== undefined) return single;
      return double === undefined ? expand(plain, stage) : expand(double, stage).replace(/\\(["\\])/g, "$1");
    }),
  );
}
