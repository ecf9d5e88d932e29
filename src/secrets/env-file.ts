import { fail } from "../core/failure.ts";
import { ok } from "../core/result.ts";
import type { DocumentResult, SecretDocument, SecretKeys } from "./document.ts";
import { type Edit, type Editor, makeDocument } from "./editor.ts";
import { type EnvEntry, type EnvQuote, scanDocker, scanDotenv } from "./env-scan.ts";
import { type Dollar, encrypted, notItself } from "./itself.ts";
import { COMMA_LIST, type ListText, readListText, writeListText } from "./list-text.ts";
import {
  lineEnd,
  lineEnding,
  lineNumber,
  lineStart,
  putStateAbove,
  type StateLine,
  stateAbove,
} from "./state-line.ts";

/** Syntax of .env, of the comma lists in it, and of the shells and tools that read it too. */
const AWKWARD = "$#'\"`\\,!&()*;<>|~?[]{} ";
const QUOTES: readonly EnvQuote[] = ["'", '"', "`", ""];

/**
 * A .env file. As npm's dotenv reads it; values keep their quotes where these can hold the new value. With
 * `docker`, as `docker run --env-file` reads it: no quotes, no comments after values.
 */
export function openEnv(text: string, keys: SecretKeys, docker: boolean): DocumentResult<SecretDocument> {
  return makeDocument(docker ? "docker-env" : "env", text, keys, (current) =>
    openEditor(current, keys, docker),
  );
}

function openEditor(text: string, keys: SecretKeys, docker: boolean): DocumentResult<Editor> {
  const entries = docker ? scanDocker(text) : scanDotenv(text);
  if (entries.some(({ key }) => key === "sops_mac")) return encrypted("the file is encrypted with SOPS");
  const secret = only(entries, keys.secret, text);
  if (!secret.ok) return secret;
  if (secret.value === undefined) return fail("missing-key", `the file has no ${keys.secret}`);
  const fallbacks = only(entries, keys.fallbacks, text);
  if (!fallbacks.ok) return fallbacks;
  const list = fallbacks.value && readListText(fallbacks.value.value);
  if (fallbacks.value !== undefined && list === undefined)
    return fail("not-a-list", `${keys.fallbacks} is neither texts between commas nor a JSON array of texts`);
  const foreign =
    foreignIn(secret.value, [secret.value.value], docker) ??
    (fallbacks.value && foreignIn(fallbacks.value, list?.values ?? [], docker));
  return foreign ?? ok(new EnvEditor(text, keys, entries, secret.value, fallbacks.value, list, docker));
}

function foreignIn({ key, value, quote }: EnvEntry, secrets: readonly string[], docker: boolean) {
  // A command to a shell, and mere quotes to dotenv: no secret has white space in it.
  if (!docker && quote === "`" && /\s/.test(value)) return notItself(key, `$(${value})`, "whole");
  const dollar: Dollar = docker || quote === "'" ? "literal" : "part";
  return secrets.map((secret) => notItself(key, secret, dollar)).find((failure) => failure !== undefined);
}

function only(entries: readonly EnvEntry[], key: string, text: string): DocumentResult<EnvEntry | undefined> {
  const found = entries.filter((entry) => entry.key === key);
  if (found.length < 2) return ok(found[0]);
  const lines = found.map((entry) => lineNumber(text, entry.start)).join(" and ");
  return fail("duplicate-key", `${key} is defined more than once, on lines ${lines}`);
}

class EnvEditor implements Editor {
  readonly secret: string;
  readonly fallbacks: readonly string[] | undefined;
  readonly rest: string;
  readonly awkward = AWKWARD;
  readonly #state: StateLine | undefined;

  constructor(
    readonly text: string,
    readonly keys: SecretKeys,
    readonly entries: readonly EnvEntry[],
    readonly secretEntry: EnvEntry,
    readonly listEntry: EnvEntry | undefined,
    readonly list: ListText | undefined,
    readonly docker: boolean,
  ) {
    this.secret = secretEntry.value;
    this.fallbacks = list?.values;
    const others = entries.filter((entry) => entry !== secretEntry && entry !== listEntry);
    this.rest = JSON.stringify(others.map(({ key, value }) => [key, value]));
    const state = stateAbove(text, secretEntry.start);
    const inside = entries.some(
      ({ valueStart, valueEnd }) => state && valueStart < state.end && valueEnd > state.start,
    );
    this.#state = inside ? undefined : state;
  }

  get state(): string | undefined {
    return this.#state?.text;
  }

  get remarks(): readonly string[] {
    if (this.docker) return [];
    const docker = new Map(scanDocker(this.text).map(({ key, value }) => [key, value]));
    return [this.secretEntry, this.listEntry]
      .filter((entry) => entry !== undefined)
      .filter(({ key, value }) => docker.get(key) !== value)
      .map(
        ({ key }) =>
          `"docker run --env-file" reads ${key} differently: quotes and comments are part of it there`,
      );
  }

  setSecret(value: string): readonly Edit[] {
    return this.#replace(this.secretEntry, value, this.secretEntry.quote);
  }

  setFallbacks(values: readonly string[]): DocumentResult<readonly Edit[]> {
    const { listEntry, secretEntry } = this;
    const value = writeListText(values, this.list?.style ?? COMMA_LIST);
    if (listEntry === undefined) return ok(this.#add(value));
    const foreign = /[$\\`]/.test(value) && !/[$\\`]/.test(listEntry.value);
    return ok(this.#replace(listEntry, value, foreign ? secretEntry.quote : listEntry.quote));
  }

  setState(text: string): readonly Edit[] {
    return [putStateAbove(this.text, this.secretEntry.start, this.#state, text)];
  }

  #replace({ valueStart, valueEnd }: EnvEntry, value: string, quote: EnvQuote): readonly Edit[] {
    return this.#spellings(value, quote).map((text) => ({ start: valueStart, end: valueEnd, text }));
  }

  #add(value: string): readonly Edit[] {
    if (!/^[\w.-]+$/.test(this.keys.fallbacks)) return [];
    const { start, keyStart, keyEnd, valueStart, valueEnd, quote } = this.secretEntry;
    const lead = this.text.slice(lineStart(this.text, start), keyStart);
    const between = this.text.slice(keyEnd, valueStart);
    const at = lineEnd(this.text, valueEnd);
    const line = `${oneLine(lead) ?? ""}${this.keys.fallbacks}${oneLine(between) ?? "="}`;
    const eol = lineEnding(this.text, at);
    return this.#spellings(value, quote).map((text) => ({ start: at, end: at, text: eol + line + text }));
  }

  #spellings(value: string, preferred: EnvQuote): readonly string[] {
    if (this.docker) return [value];
    return [...new Set([preferred, ...QUOTES])].map((quote) => spell(value, quote));
  }
}

function oneLine(text: string): string | undefined {
  return /[\r\n]/.test(text) ? undefined : text;
}

function spell(value: string, quote: EnvQuote): string {
  const inner = quote === '"' ? value.replaceAll("\n", "\\n").replaceAll("\r", "\\r") : value;
  return quote + inner + quote;
}
