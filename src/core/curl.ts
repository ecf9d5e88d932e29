import { parseCookieHeader } from "./cookie-header.ts";
import { type FoundCookie, maxCookies } from "./pasted.ts";
import { splitShellWords } from "./shell-words.ts";

const command = /^\s*(?:\$\s+)?(curl|wget)(?:\.exe)?\s/;

/** One line of a command over several lines: `  -H 'Cookie: …' \`. */
const optionLine = /^\s*(?:-b|-H|--cookie|--header)[\s=]/;

/** curl's short options that take an argument. */
const shortWithArgument = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

/** Long options whose argument could be mistaken for an option: bodies and other free text. */
const longWithText = new Set([
  "--data",
  "--data-ascii",
  "--data-binary",
  "--data-raw",
  "--data-urlencode",
  "--form",
  "--form-string",
  "--json",
  "--output",
  "--referer",
  "--request",
  "--url",
  "--user",
  "--user-agent",
]);

/** The program that a command runs, of those that are known. */
export function commandOf(text: string): "curl" | "wget" | undefined {
  return command.exec(text)?.[1] as "curl" | "wget" | undefined;
}

export function isCurlOption(text: string): boolean {
  return optionLine.test(text);
}

/**
 * The cookies that a curl command sends: `-b`, `--cookie`, and `Cookie:` in `-H` or `--header`, in order.
 * `-b FILE` names a file and gives none; the rule is curl's own, that cookies hold an `=`. Of wget's options only
 * `--header` gives cookies: its `-b` and `-H` take no argument.
 */
export function parseCommand(text: string): FoundCookie[] {
  const isWget = commandOf(text) === "wget";
  const words = splitShellWords(isWindows(text) ? withoutCarets(text) : text);
  const cookies: FoundCookie[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (cookies.length >= maxCookies || word === "|" || word === "&&" || word === ";") break;
    const option = readOption(word);
    if (!option || (isWget && !option.name.startsWith("--"))) continue;
    if (option.argument === undefined) at += 1;
    cookies.push(...cookiesOf(option.name, option.argument ?? words[at] ?? ""));
  }
  return cookies;
}

function cookiesOf(option: string, argument: string): FoundCookie[] {
  if (option === "b" || option === "--cookie")
    return argument.includes("=") ? parseCookieHeader(argument) : [];
  if (option !== "H" && option !== "--header") return [];
  const header = /^\s*cookie\s*:/i.exec(argument);
  return header ? parseCookieHeader(argument.slice(header[0].length)) : [];
}

interface Option {
  readonly name: string;
  /** Undefined when it is the next word. */
  readonly argument: string | undefined;
}

/** An option that takes an argument, or undefined. */
function readOption(word: string): Option | undefined {
  if (word.startsWith("--")) return readLong(word);
  if (!word.startsWith("-")) return undefined;
  for (let at = 1; at < word.length; at += 1) {
    const name = word.charAt(at);
    if (!shortWithArgument.includes(name)) continue;
    return { name, argument: at + 1 < word.length ? word.slice(at + 1) : undefined };
  }
  return undefined;
}

function readLong(word: string): Option | undefined {
  if (word === "--cookie" || word === "--header" || longWithText.has(word)) {
    return { name: word, argument: undefined };
  }
  const joined = /^(--cookie|--header)=/.exec(word);
  return joined?.[1] === undefined ? undefined : { name: joined[1], argument: word.slice(joined[0].length) };
}

/** Chrome's "Copy as cURL (cmd)" escapes every special character, quotes included, with a caret. */
function isWindows(text: string): boolean {
  return text.includes(' ^"');
}

function withoutCarets(text: string): string {
  return text.replace(/\^(?:\r?\n|(.))/g, "$1");
}
