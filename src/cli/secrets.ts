import * as platform from "#platform";
import { type Keyring, makeKeyring } from "../core/keyring.ts";
import { encodeUtf8 } from "../encoding/utf8.ts";
import { UsageError } from "./errors.ts";
import { readFileWhole } from "./files.ts";
import type { Io } from "./io.ts";
import { similarTo } from "./similar.ts";

/** Where the secrets come from, as given on the command line. */
export interface SecretFlags {
  readonly secret?: readonly string[] | undefined;
  readonly secretFile?: readonly string[] | undefined;
  readonly secretEnv?: readonly string[] | undefined;
  readonly secretEncoding?: string | undefined;
  /** The three as they came, where they came from a command line. */
  readonly secretOrder?: readonly SecretSource[] | undefined;
}

const SOURCES = ["secret", "secretFile", "secretEnv"] as const;
export type SecretSource = (typeof SOURCES)[number];

const NO_SECRET_HINT = "--secret-file PATH, --secret-env NAME, or COOKIESESS_SECRET";

/**
 * The keyring: `--secret`, `--secret-file` and `--secret-env` in the order given; else
 * COOKIESESS_SECRET and COOKIESESS_FALLBACKS; else a hidden question on a terminal.
 * @throws {UsageError} without any of them, or when one cannot be read
 */
export async function readSecrets(flags: SecretFlags, io: Io): Promise<Keyring> {
  const encoding = flags.secretEncoding ?? "utf8";
  const given = await fromFlags(flags, io);
  const secrets = given.length > 0 ? given : fromEnvironment(io);
  if (secrets.length === 0) secrets.push(await fromPrompt(io));
  const [current, ...fallbacks] = secrets.map((secret, index) => decodeSecret(secret, encoding, index));
  if (current === undefined || current.length === 0)
    throw new UsageError("the secret is empty", NO_SECRET_HINT);
  return makeKeyring(current, fallbacks);
}

/** The secrets that the flags name, decoded; none when they name none. Nobody is asked. */
export async function readGivenSecrets(flags: SecretFlags, io: Io): Promise<Uint8Array[]> {
  const encoding = flags.secretEncoding ?? "utf8";
  const given = await fromFlags(flags, io);
  return given.map((secret, index) => decodeSecret(secret, encoding, index));
}

/** Whether `readSecrets` finds one without asking. */
export function hasSecrets({ secret, secretFile, secretEnv }: SecretFlags, io: Io): boolean {
  return [secret, secretFile, secretEnv].some((given) => given?.length) || Boolean(io.env.COOKIESESS_SECRET);
}

async function fromFlags(flags: SecretFlags, io: Io): Promise<Uint8Array[]> {
  const { secret = [], secretFile = [], secretEnv = [], secretOrder = [] } = flags;
  const read: Readonly<Record<SecretSource, Uint8Array[]>> = {
    secret: secret.map(encodeUtf8),
    secretFile: await Promise.all(secretFile.map((path) => fromFile(path, io))),
    secretEnv: secretEnv.map((name) => fromVariable(name, io)),
  };
  const inOrder = secretOrder.flatMap((source) => read[source].shift() ?? []);
  return [...inOrder, ...SOURCES.flatMap((source) => read[source])];
}

/** A short word, or words with dots and slashes between them. */
function looksLikePath(text: string): boolean {
  return text.split(/[/\\.]/).every((word) => /^[\w:~ -]{0,31}$/.test(word));
}

/** Bytes; the longest secret of a framework takes some hundred. */
const MOST_SECRET = 65_536;

async function fromFile(path: string, io: Io): Promise<Uint8Array> {
  // A secret given in the place of its file is not repeated.
  const which = looksLikePath(path) ? ` ${path}` : "";
  const bytes = await readFileWhole(path, MOST_SECRET, io, `the secret file${which}`);
  // One trailing newline belongs to the file, not to the secret.
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? 2 : 1) : 0;
  return bytes.subarray(0, bytes.length - end);
}

function fromVariable(name: string, io: Io): Uint8Array {
  const value = Object.hasOwn(io.env, name) ? io.env[name] : undefined;
  if (value === undefined || value === "") {
    // A secret given in the place of its name is not repeated.
    const which = /^[A-Za-z_]\w*$/.test(name) ? ` ${name}` : "";
    const set = Object.keys(io.env).filter((other) => io.env[other]);
    const meant = which === "" ? undefined : similarTo(name, set);
    const question = meant === undefined ? "" : `did you mean ${meant}? `;
    throw new UsageError(
      `the environment variable${which} is not set`,
      `${question}the flag takes the name of an exported one`,
    );
  }
  return encodeUtf8(value);
}

function fromEnvironment(io: Io): Uint8Array[] {
  const { COOKIESESS_SECRET: secret, COOKIESESS_FALLBACKS: fallbacks } = io.env;
  if (!secret) return [];
  return [secret, ...(fallbacks ? readFallbacks(fallbacks) : [])].map(encodeUtf8);
}

function readFallbacks(text: string): string[] {
  if (!text.trim().startsWith("[")) return text.split(",").map((secret) => secret.trim());
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list;
  } catch {
    // Falls through to the one message for both faults.
  }
  throw new UsageError("COOKIESESS_FALLBACKS is not a JSON array of strings");
}

async function fromPrompt(io: Io): Promise<Uint8Array> {
  if (io.ask === undefined) throw new UsageError("no secret given", NO_SECRET_HINT);
  return encodeUtf8(await io.ask.hidden("Secret"));
}

function decodeSecret(secret: Uint8Array, encoding: string, index: number): Uint8Array {
  if (encoding === "utf8") return secret;
  const prefix = `${encoding}:`;
  const text = platform.latin1(secret).trim();
  const plain = text.startsWith(prefix) ? text.slice(prefix.length) : text;
  if (!SPELLINGS[encoding]?.test(plain)) throw new UsageError(`secret ${index + 1} is not ${encoding}`);
  return new Uint8Array(Buffer.from(plain, encoding === "hex" ? "hex" : "base64"));
}

/** Empty for an empty secret, which is refused as such. */
const SPELLINGS: Readonly<Record<string, RegExp>> = {
  hex: /^(?:[0-9a-fA-F]{2})*$/,
  base64: /^(?:[\w+/-]{4})*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?$/,
};

/** Where the new secret comes from. */
export interface NewSecretFlags {
  readonly newSecret?: string | undefined;
  readonly newSecretFile?: string | undefined;
  readonly newSecretEnv?: string | undefined;
}

/**
 * One's own new secret for a file, as text; undefined when it is to be generated.
 * @throws {UsageError} when it is given twice, or is no line of text
 */
export async function readOwnSecret(flags: NewSecretFlags, io: Io): Promise<string | undefined> {
  const secret = await givenNewSecret(flags, io);
  if (secret === undefined) return undefined;
  const text = new TextDecoder().decode(secret);
  if (text.trim() === "" || /[\r\n\0\ufffd]/.test(text))
    throw new UsageError("the new secret is empty, more than one line, or not UTF-8");
  return text;
}

async function givenNewSecret(
  { newSecret, newSecretFile, newSecretEnv }: NewSecretFlags,
  io: Io,
): Promise<Uint8Array | undefined> {
  const given = await fromFlags(
    {
      ...(newSecret !== undefined && { secret: [newSecret] }),
      ...(newSecretFile !== undefined && { secretFile: [newSecretFile] }),
      ...(newSecretEnv !== undefined && { secretEnv: [newSecretEnv] }),
    },
    io,
  );
  if (given.length > 1) throw new UsageError("the new secret is given twice");
  return given[0];
}

/**
 * The one secret to sign with from now on.
 * @throws {UsageError} unless it is given exactly once
 */
export async function readNewSecret(
  { secretEncoding, ...flags }: NewSecretFlags & SecretFlags,
  io: Io,
): Promise<Uint8Array> {
  const secret = await givenNewSecret(flags, io);
  if (secret === undefined || secret.length === 0) {
    throw new UsageError(
      "no new secret given",
      "--new-secret-file PATH or --new-secret-env NAME; --file PATH rotates the secrets in a file",
    );
  }
  return decodeSecret(secret, secretEncoding ?? "utf8", 0);
}
