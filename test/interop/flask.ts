/**
 * Talks to the real Flask: sessions minted here must load there, sessions saved there must verify here and mint
 * to the same bytes, and both must judge mutated cookies alike, under a wrong MAC and under a right one.
 *
 *   PYTHON=/usr/bin/python3 npx tsx test/interop/flask.ts [seed]
 *
 * PYTHON is an interpreter that finds Flask; without Flask, nothing is tested.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Codec, createCodec } from "../../src/codec.ts";
import { unwrap } from "../../src/core/result.ts";
import { readTaggedJson, writeTaggedJson } from "../../src/encoding/flask-json.ts";
import { Foreign, keepSource, type Value } from "../../src/encoding/values.ts";
import { flask } from "../../src/formats/flask.ts";
import { signatureOf } from "../../src/schemes/itsdangerous.ts";
import { notation } from "../encoding/flask-values.ts";

const MINTED = 500;
const MUTATED = 2000;
const SECRET = "correct horse battery staple";
const NOW = 1767225600;

interface Answer {
  readonly missing?: string;
  readonly flask?: string;
  readonly itsdangerous?: string;
  readonly cookie?: string;
  readonly verdict?: string;
  readonly payload?: string;
}

const seed = Number(process.argv[2] ?? Date.now() % 2 ** 31);
let state = seed;
function random(below: number): number {
  state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
  return ((state ^ (state >>> 13)) >>> 0) % below;
}
const pick = <T>(items: readonly [T, ...T[]]): T => items[random(items.length)] ?? items[0];

function times<T>(below: number, make: () => T): T[] {
  return Array.from({ length: random(below) }, make);
}

function randomText(): string {
  const parts = [
    "a",
    "Z",
    "0",
    " ",
    '"',
    "\\",
    "/",
    "\n",
    "\0",
    "é",
    "中",
    "🍪",
    "\u2028",
    "<",
    "?~",
    "aaaaaaaa",
  ] as const;
  return times(12, () => pick(parts)).join("");
}

function randomValue(depth: number): Value {
  const kind = random(depth > 3 ? 9 : 12);
  if (kind === 0) return randomText();
  if (kind === 1) return random(2 ** 31) - 2 ** 30;
  if (kind === 2) return (random(2 ** 31) - 2 ** 30) * 1.1 * 10 ** (random(60) - 30);
  if (kind === 3) return pick([true, false, null]);
  if (kind === 4) return 10n ** BigInt(16 + random(30)) - BigInt(random(1000));
  if (kind === 5) return Uint8Array.from(times(20, () => random(256)));
  if (kind === 6) return new Date((random(2 ** 31) - 2 ** 30) * 1000);
  if (kind === 7) return new Foreign("markupsafe.Markup", randomText());
  if (kind === 8)
    return new Foreign("uuid.UUID", Array.from({ length: 32 }, () => random(16).toString(16)).join(""));
  if (kind === 9) return times(5, () => randomValue(depth + 1));
  if (kind === 10)
    return keepSource(
      times(5, () => randomValue(depth + 1)),
      { tuple: true },
    );
  return randomSession(depth + 1);
}

/** Before 1.0, Flask itself could not read back an object whose only key looks like a tag. */
const tagLike: { keys: [string, ...string[]] } = { keys: [" t", " b", " di", " q"] };

function randomSession(depth = 0): { readonly [key: string]: Value } {
  const key = () => pick([randomText(), String(random(20)), `key${random(100)}`, pick(tagLike.keys)]);
  return Object.fromEntries(times(6, () => [key(), randomValue(depth)]));
}

const ALPHABET: [string, ...string[]] = ["A", ..."Bab01-_.=+/!~ ", "\u00e9", "\n", '"'];

/** Changes, inserts or removes up to three characters. */
function mutate(text: string): string {
  let changed = text;
  for (let count = 1 + random(3); count > 0; count--) {
    const at = random(changed.length + 1);
    changed = changed.slice(0, at) + pick(["", pick(ALPHABET)]) + changed.slice(at + random(2));
  }
  return changed;
}

/** A session's JSON, changed, in a payload as Flask packs it. */
function mutatedPayload(session: Value, dictTag: boolean): string {
  const text = mutate(writeTaggedJson(session, { dictTag }));
  const payload = Buffer.from(text).toString("base64url");
  return random(4) === 0 ? mutate(payload) : payload;
}

class Peer {
  readonly #child = spawn(
    process.env.PYTHON ?? "/usr/bin/python3",
    ["-W", "ignore", fileURLToPath(new URL("./flask.py", import.meta.url))],
    { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" } },
  );
  readonly #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  async ask(request: object): Promise<Answer> {
    this.#child.stdin.write(`${JSON.stringify({ secret: SECRET, now: NOW, ...request })}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error("the peer is gone");
    return JSON.parse(line.value) as Answer;
  }

  close(): void {
    this.#child.stdin.end();
  }
}

let passed = 0;
let failed = 0;
function check(name: string, given: unknown, expected: unknown, context: unknown): void {
  if (given === expected) passed++;
  else if (failed++ < 10) console.error({ name, given, expected, context });
}

function judge(codec: Codec, value: string): { verdict: string; payload: Value | undefined } {
  const result = codec.verify({ value }, { now: NOW });
  return result.ok
    ? { verdict: "valid", payload: result.payload }
    : { verdict: result.code, payload: undefined };
}

async function compare(peer: Peer, codec: Codec, cookie: string, dictTag: boolean): Promise<void> {
  const theirs = await peer.ask({ do: "verify", cookie });
  const ours = judge(codec, cookie);
  check("verdict", ours.verdict, theirs.verdict, cookie);
  if (ours.payload === undefined || theirs.payload === undefined) return;
  // Keys come in other orders and numbers as they were spelled, so values are compared, not texts.
  const expected = unwrap(readTaggedJson(theirs.payload, { dictTag }, { maxDepth: 1000 }));
  check("payload", canonical(ours.payload), canonical(expected), cookie);
}

function canonical(value: Value): string {
  return JSON.stringify(notation(value), (_key, item: unknown) => {
    const pairs = typeof item === "object" && item !== null && "$object" in item ? item.$object : undefined;
    return Array.isArray(pairs) ? [...pairs].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) : item;
  });
}

async function run(peer: Peer, version: string, itsdangerous: string): Promise<void> {
  const settings = { version, itsdangerous };
  const codec = createCodec(flask, { secret: SECRET, ...settings });
  const options = flask.settle(settings);
  const key = flask.derive(new TextEncoder().encode(SECRET), { options });
  const dictTag = !version.startsWith("0.");
  if (!dictTag) tagLike.keys = [" q"];
  for (let count = 0; count < MINTED; count++) {
    const session = { ...randomSession(), count };
    const json = writeTaggedJson(session, { dictTag });
    const minted = codec.sign(session, { now: NOW });
    check("minted here", (await peer.ask({ do: "verify", cookie: minted })).payload, json, json);
    const { cookie = "" } = await peer.ask({ do: "sign", payload: json });
    const ours = judge(codec, cookie);
    check("saved there", ours.payload && writeTaggedJson(ours.payload, { dictTag }), json, cookie);
    if (!cookie.startsWith(".") && !minted.startsWith(".")) check("same bytes", minted, cookie, json);
  }
  for (let count = 0; count < MUTATED; count++) {
    const session = randomSession();
    await compare(peer, codec, mutate(codec.sign(session, { now: NOW })), dictTag);
    const signed = `${mutatedPayload(session, dictTag)}.${pick(["aVW5AA", mutate("aVW5AA")])}`;
    await compare(peer, codec, `${signed}.${signatureOf(key.current, signed)}`, dictTag);
  }
}

const peer = new Peer();
const about = await peer.ask({ do: "about" });
const release = `Flask ${about.flask}, itsdangerous ${about.itsdangerous}`;
if (about.missing === undefined) await run(peer, about.flask ?? "", about.itsdangerous ?? "");
peer.close();
const reason = about.missing === undefined ? { peer: release, seed } : { reason: about.missing };
console.log(JSON.stringify({ name: "flask", passed, failed, skipped: about.missing ? 1 : 0, ...reason }));
process.exitCode = failed > 0 ? 1 : 0;
