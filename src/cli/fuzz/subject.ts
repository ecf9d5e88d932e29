import type { Command } from "commander";
import * as platform from "#platform";
import { bind } from "../../codec.ts";
import { CookieError } from "../../core/failure.ts";
import { verify } from "../../core/verify.ts";
import { DEFAULT_FORMAT } from "../../formats/index.ts";
import { codecTarget } from "../../fuzz/codec-target.ts";
import { execTarget } from "../../fuzz/exec-target.ts";
import { type Found, findSpecimen } from "../../fuzz/find-specimen.ts";
import { makeForge } from "../../fuzz/forge.ts";
import { httpTarget } from "../../fuzz/http-target.ts";
import { headerOf, type Specimen, toInput } from "../../fuzz/specimen.ts";
import type { Target } from "../../fuzz/target.ts";
import { UsageError } from "../errors.ts";
import type { Io } from "../io.ts";
import { type FormatRequest, formats, readFormatRequest, readMaxAge } from "../options.ts";
import { hasSecrets, readSecrets } from "../secrets.ts";
import type { FuzzFlags } from "./flags.ts";
import { readDuration, readWhole } from "./numbers.ts";

/** What is attacked, with what, and what is known of it. */
export interface Subject {
  readonly target: Target;
  readonly specimen: Specimen;
  /** The server's current secret, where it is known. */
  readonly secret: Uint8Array | undefined;
}

const PAYLOAD = { user: "42", cart: [3, 1, 2], name: "Zo\u00eb", admin: false };
const SECRET_BYTES = 32;

/** @throws {UsageError} on flags that do not go together, and on a cookie that cannot be read */
export async function readSubject(flags: FuzzFlags, command: Command, io: Io): Promise<Subject> {
  const request = readFormatRequest(command, "fuzz");
  const secret = hasSecrets(flags, io) ? (await readSecrets(flags, io))[0] : undefined;
  if (flags.url !== undefined && flags.exec !== undefined)
    throw new UsageError("--url and --exec exclude each other");
  if (flags.url === undefined && flags.exec === undefined) return codecSubject(flags, request, secret, io);
  const { specimen, others } = findCookie(await readCookie(flags, io), flags, request);
  const target =
    flags.exec === undefined ? overHttp(flags, others, secret) : byProgram(flags, flags.exec, io);
  return { target, specimen, secret };
}

/** A codec of this package, with a cookie that it mints itself unless one is given. */
async function codecSubject(
  flags: FuzzFlags,
  request: FormatRequest,
  given: Uint8Array | undefined,
  io: Io,
): Promise<Subject> {
  if (request.format === undefined && flags.cookie === undefined) {
    throw new UsageError(
      "nothing to attack",
      "--url URL, --exec COMMAND, or --format ID for a codec of cookiesess",
    );
  }
  if (given === undefined && flags.cookie !== undefined) {
    throw new UsageError(
      "no secret given",
      "a codec judges a given cookie by its secret; without --cookie one is drawn",
    );
  }
  const secret = given ?? io.random(SECRET_BYTES);
  const text = flags.cookie === undefined ? mint(request, secret, io) : await readCookie(flags, io);
  const { specimen } = findCookie(text, flags, request);
  const { format, options, pairs } = specimen;
  const maxAge = readMaxAge(flags);
  const binding = bind(format, { ...options, secret, ...(maxAge !== undefined && { maxAge }) });
  const named = { ...binding, name: pairs[0].name };
  const target = codecTarget(`${format.title} codec`, ({ pairs: [main, ...others] = [] }) => {
    const input = toInput([main ?? pairs[0], ...others]);
    return verify(input, { ...named, name: input.name }, io.now());
  });
  return { target, specimen, secret };
}

function mint({ format, optionsFor }: FormatRequest, secret: Uint8Array, io: Io): string {
  const chosen = format ?? formats[DEFAULT_FORMAT];
  if (chosen === undefined) throw new UsageError("no format given");
  const options = chosen.settle(optionsFor(chosen));
  const name = chosen.cookieName(options) ?? "session";
  const pairs = makeForge(chosen, secret, { now: Math.floor(io.now()), options, name }).sign(PAYLOAD);
  if (pairs === undefined) throw new UsageError(`${chosen.title} mints no session under these options`);
  return headerOf(pairs);
}

async function readCookie({ cookie }: FuzzFlags, io: Io): Promise<string> {
  if (cookie !== undefined && cookie !== "-") return cookie;
  if (cookie === undefined && io.stdin.isTTY) {
    throw new UsageError("no cookie given", "--cookie takes a genuine one, of a session that is logged in");
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of io.stdin.chunks()) {
    length += chunk.length;
    if (length > LONGEST) throw new UsageError("the cookie on standard input is too long");
    chunks.push(chunk);
  }
  const text = chunks.map(platform.latin1).join("");
  if (text.trim() === "") throw new UsageError("no cookie given", "--cookie takes a genuine one");
  return text;
}

const LONGEST = 1_048_576;

function findCookie(text: string, { name }: FuzzFlags, { format, optionsFor }: FormatRequest): Found {
  const able = format === undefined ? Object.values(formats) : [format];
  const found = findSpecimen(text, { formats: able, name, optionsFor });
  if (!found.ok) throw new CookieError(found);
  return found.value;
}

function overHttp(flags: FuzzFlags, otherCookies: string, secret: Uint8Array | undefined): Target {
  const { url = "", method, data, loggedIn, logoutUrl, logoutMethod, authorizedHost = [] } = flags;
  return httpTarget({
    ...{ url, method, data, loggedIn, logoutUrl, logoutMethod, otherCookies },
    headers: (flags.header ?? []).map(readHeader),
    timeout: readDuration("--timeout", flags.timeout),
    rate: flags.rate === undefined ? undefined : readWhole("--rate", flags.rate),
    concurrency: readConcurrency(flags),
    authorizedHosts: authorizedHost,
    secrets: secret === undefined ? [] : [secret],
  });
}

function byProgram(flags: FuzzFlags, command: string, io: Io): Target {
  const timeout = readDuration("--timeout", flags.timeout);
  return execTarget({ command, env: io.env, timeout, concurrency: readConcurrency(flags) });
}

const CONCURRENCY = 4;
const MOST_AT_ONCE = 64;

/** Requests at once. */
export function readConcurrency({ concurrency }: FuzzFlags): number {
  const count = concurrency === undefined ? CONCURRENCY : readWhole("--concurrency", concurrency);
  if (count < 1 || count > MOST_AT_ONCE) throw new UsageError(`--concurrency takes 1 to ${MOST_AT_ONCE}`);
  return count;
}

function readHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(":");
  if (colon < 1) throw new UsageError("--header takes 'Name: value'");
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
