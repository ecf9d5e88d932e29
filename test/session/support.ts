import * as platform from "#platform";
import {
  createSessions,
  type Outcome,
  type Session,
  type SessionData,
  type SessionOptions,
  type Sessions,
} from "../../src/session/index.ts";

export const SECRET = "a secret for tests, not for production";
/** 9 March 2024, 16:00:00 UTC. */
export const NOW = 1_710_000_000;

/** Sessions with Django's own defaults, so not `secure`, at `NOW`. */
export function make<Data extends object = SessionData>(
  options: Partial<SessionOptions<Data>> = {},
): Sessions<Data> {
  return createSessions<Data>({ secret: SECRET, secure: false, now: () => NOW, ...options });
}

export interface Visited<Data extends object> extends Outcome {
  readonly session: Session<Data>;
}

/** One request: its `Cookie:` header, what the handler does, the status. */
export async function visit<Data extends object>(
  sessions: Sessions<Data>,
  header: string | undefined,
  handle: (session: Session<Data>) => void = () => undefined,
  status = 200,
): Promise<Visited<Data>> {
  const session = await sessions.open(header);
  handle(session);
  const outcome = sessions.commit(session, status);
  await session.settled;
  return { session, ...outcome };
}

/** The `Cookie:` header of a browser that had `header` and received these lines. */
export function browserAfter(header: string | undefined, { setCookies }: Outcome): string | undefined {
  const jar = new Map((header ?? "").split("; ").map((pair) => splitAt(pair, "=")));
  for (const line of setCookies) {
    const [name, value] = splitAt(line.split("; ")[0] ?? "", "=");
    if (/; Max-Age=(?:0|-\d+)(?:;|$)/.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
  jar.delete("");
  return jar.size === 0 ? undefined : [...jar].map((pair) => pair.join("=")).join("; ");
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The header of a browser that visited once, from the start. */
export async function headerAfter<Data extends object>(
  sessions: Sessions<Data>,
  handle: (session: Session<Data>) => void,
  header?: string,
): Promise<string> {
  return browserAfter(header, await visit(sessions, header, handle)) ?? "";
}

/** The serialized session in a cookie's value, as it was signed. */
export function jsonIn(value: string): string {
  const [payload = ""] = value.split(":");
  const compressed = payload.startsWith(".");
  const bytes = platform.fromBase64(compressed ? payload.slice(1) : payload);
  const data = bytes && compressed ? platform.inflate(bytes, 1_000_000) : bytes;
  if (!(data instanceof Uint8Array)) throw new Error("not the payload of a session");
  return platform.latin1(data);
}

/** A text that does not compress, the same at every run. */
export function noise(length: number, seed = "noise"): string {
  let text = "";
  for (let index = 0; text.length < length; index++) {
    text += platform.base64url(platform.hash("sha256", new TextEncoder().encode(`${seed} ${index}`)));
  }
  return text.slice(0, length);
}
