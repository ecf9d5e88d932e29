/**
 * Talks to the real Django: sessions minted here must load there, sessions saved there must verify here with equal
 * payloads, and both must judge mutated cookies alike, under a wrong signature and under a genuine one.
 *
 *   PYTHON=/usr/bin/python3 npx tsx test/interop/django.ts [seed]
 *
 * PYTHON is an interpreter that finds Django (PYTHONPATH helps); without Django, nothing is tested.
 */
import { deflateSync } from "node:zlib";
import { unwrap } from "../../src/core/result.ts";
import { encodeBase62 } from "../../src/encoding/base62.ts";
import { parsePythonJson, writePythonJson } from "../../src/encoding/python-json.ts";
import type { Value } from "../../src/encoding/values.ts";
import { sessionAuthHash } from "../../src/formats/django/auth.ts";
import { type Codec, type CreateCodecOptions, createCodec, formats } from "../../src/index.ts";
import { canonical } from "../canonical-json.ts";
import { type Answer, DjangoPeer, type Request } from "./django-peer.ts";
import { Dice } from "./random.ts";

const MINTED = 1000;
const MUTATED = 10_000;
const OTHERS = 200;
const SECRET = "interop secret é";
const OLD = "the retired one";
const NOW = 1_767_225_600;
const STAMP = encodeBase62(NOW);

const dice = new Dice(Number(process.argv[2] ?? Date.now() % 2 ** 31));
const peer = new DjangoPeer(process.env.PYTHON ?? "/usr/bin/python3");
const tally = { name: "django", version: null as string | null, passed: 0, failed: 0, skipped: 0 };

function check(condition: boolean, what: string, ...details: readonly unknown[]): void {
  if (condition) tally.passed++;
  else {
    tally.failed++;
    if (tally.failed <= 20) console.error(`seed ${dice.seed}: ${what}`, ...details);
  }
}

type Options = Partial<CreateCodecOptions<"django">>;

interface Setup {
  readonly codec: Codec;
  /** What both sides are told. */
  readonly shared: { readonly secret: string; readonly fallbacks: readonly string[]; readonly now: number };
  make(options: Options): Codec;
}

function setUp(version: string): Setup {
  const fallbacks = Number.parseFloat(version) >= 4.1 ? [OLD] : [];
  const make = (options: Options) =>
    createCodec({ format: "django", version, secret: SECRET, fallbacks, ...options });
  return { codec: make({}), shared: { secret: SECRET, fallbacks, now: NOW }, make };
}

const parse = (text: string): Value => unwrap(parsePythonJson(text, { maxDepth: 100 }));
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Signed parts up to the signature, with the payload inflated: compressed bytes depend on the zlib build. */
function content(codec: Codec, value: string): string {
  const decoded = codec.decode({ value });
  return decoded.ok ? `${writePythonJson(decoded.payload)} ${decoded.issuedAt}` : decoded.code;
}

async function mintHere({ codec, make, shared }: Setup): Promise<void> {
  const old = make({ secret: OLD, fallbacks: [] });
  const cases = times(MINTED, () => {
    const payload = parse(dice.jsonObject());
    const signer = shared.fallbacks.length > 0 && dice.below(3) === 0 ? old : codec;
    return { payload, value: signer.mint(payload, { now: NOW - dice.below(1000) })[0].value };
  });
  const answers = await peer.ask(
    cases.map(({ value }) => ({ do: "read", backend: "signed_cookies", value, ...shared })),
  );
  for (const [index, { payload, value }] of cases.entries()) {
    const answer = answers[index];
    const same =
      answer?.store !== undefined && canonical(answer.store) === canonical(writePythonJson(payload));
    check(answer?.verdict === "valid" && same, "minted here", value, answer);
  }
}

async function mintThere({ codec, shared }: Setup): Promise<void> {
  const requests = times(MINTED, () => ({
    do: "mint",
    backend: "signed_cookies",
    payload: dice.jsonObject(),
    ...shared,
  }));
  for (const { value = "", payload = "" } of await peer.ask(requests)) {
    const verified = codec.verify({ value }, { now: NOW });
    const same = verified.ok && writePythonJson(verified.payload) === payload && verified.issuedAt === NOW;
    check(same, "minted there", value, payload, verified);
    if (!verified.ok) continue;
    const again = codec.mint(parse(payload), { now: NOW })[0].value;
    check(again === value || content(codec, again) === content(codec, value), "minted again", value, again);
  }
}

function verdictHere(codec: Codec, value: string, now: number): Answer {
  const result = codec.verify({ value }, { now });
  if (result.ok) return { verdict: "valid", payload: canonical(writePythonJson(result.payload)) };
  return { verdict: result.code === "bad-payload" ? "malformed" : result.code };
}

const COOKIE_CHARACTERS = `${String.fromCharCode(...Array.from({ length: 0x60 }, (_, index) => 0x20 + index))}éÿ中`;

const base64url = (data: Uint8Array) => Buffer.from(data).toString("base64url");
const latin1 = (data: Uint8Array) => Buffer.from(data).toString("latin1");
const BYTES = String.fromCharCode(...Array.from({ length: 256 }, (_, index) => index));

/** A payload text and timestamp that are odd in one place, to be signed genuinely. */
function oddParts(): { readonly text: string; readonly stamp: string } {
  const json = Buffer.from(dice.jsonObject());
  const mutateBytes = (data: Uint8Array) => Buffer.from(dice.mutate(latin1(data), BYTES), "latin1");
  const packed = () => `.${base64url(deflateSync(json))}`;
  const text = dice.pick([
    () => base64url(mutateBytes(json)),
    () => dice.mutate(base64url(json), COOKIE_CHARACTERS),
    () => `.${base64url(mutateBytes(deflateSync(json)))}`,
    () => `.${base64url(deflateSync(mutateBytes(json)))}`,
    () => dice.mutate(packed(), COOKIE_CHARACTERS),
    () => base64url(json),
  ])();
  const stamp = dice.below(4) === 0 ? dice.mutate(STAMP, COOKIE_CHARACTERS) : STAMP;
  return { text, stamp };
}

async function mutants({ codec, shared }: Setup): Promise<string[]> {
  const theirs = await peer.ask(
    times(100, () => ({ do: "mint", backend: "signed_cookies", payload: dice.jsonObject(), ...shared })),
  );
  const valid = [
    ...theirs.map(({ value = "" }) => value),
    ...times(100, () => codec.mint(parse(dice.jsonObject()), { now: NOW })[0].value),
  ];
  const mutated = times(MUTATED / 2, () => dice.mutate(dice.pick(valid as [string]), COOKIE_CHARACTERS));
  const sealed = await peer.ask(times(MUTATED / 2, () => ({ do: "seal", ...oddParts(), ...shared })));
  return [...mutated, ...sealed.map(({ value = "" }) => value)];
}

async function compareVerdicts(setup: Setup): Promise<void> {
  const cases = (await mutants(setup)).map((value) => ({
    value,
    now: dice.pick([NOW, NOW, NOW + 1_209_600, NOW + 1_209_600.5, NOW + 1_209_601, NOW - 86_400]),
  }));
  const answers = await peer.ask(
    cases.map((one) => ({ do: "read", backend: "signed_cookies", ...setup.shared, ...one })),
  );
  for (const [index, { value, now }] of cases.entries()) {
    const { verdict, payload } = answers[index] ?? {};
    const here = verdictHere(setup.codec, value, now);
    const same = here.payload === (payload === undefined ? undefined : canonical(payload));
    check(here.verdict === verdict && same, "mutated", [value, now], here, answers[index]);
  }
}

async function otherBackends({ make, shared }: Setup): Promise<void> {
  for (const backend of ["session_data", "signed_cookie"] as const) {
    const named = backend === "signed_cookie" ? { name: "flavour", salt: "s:é" } : {};
    const codec = make({ backend, ...named });
    const payloadText = () => (backend === "session_data" ? dice.jsonObject() : JSON.stringify(dice.text()));
    const ours = times(OTHERS, () => {
      const payload = parse(payloadText());
      const quoted = codec.mint(payload, { now: NOW })[0].value;
      return { payload: writePythonJson(payload), value: formats.django.unquote?.(quoted) ?? quoted };
    });
    const read = await peer.ask(
      ours.map(({ value }) => ({ do: "read", backend, ...named, value, ...shared })),
    );
    for (const [index, { payload, value }] of ours.entries()) {
      const there = read[index]?.payload;
      check(
        there !== undefined && canonical(there) === canonical(payload),
        `${backend} minted here`,
        value,
        read[index],
      );
    }
    const minted = await peer.ask(
      times(OTHERS, () => ({ do: "mint", backend, ...named, payload: payloadText(), ...shared })),
    );
    for (const { value = "", payload = "" } of minted) {
      const here = codec.verify({ name: named.name, value }, { now: NOW });
      check(here.ok && writePythonJson(here.payload) === payload, `${backend} minted there`, value, here);
    }
  }
}

async function logins({ codec, shared }: Setup, version: string): Promise<void> {
  const options = formats.django.settle({ version });
  const algorithm = Number.parseFloat(version) >= 3.1 ? "sha256" : "sha1";
  const requests: Request[] = times(20, () => {
    const password = `pbkdf2_sha256$1000$salt$${dice.text()}`;
    const session = {
      _auth_user_id: "7",
      _auth_user_backend: "__main__.Backend",
      _auth_user_hash: sessionAuthHash(password, new TextEncoder().encode(SECRET), algorithm),
    };
    return { do: "login", value: codec.mint(session, { now: NOW })[0].value, password, ...shared };
  });
  for (const { user } of await peer.ask(requests)) check(String(user) === "7", "login", user);
  const wrong = await peer.ask(requests.map((request) => ({ ...request, password: "another" })));
  for (const { user } of wrong) check(user === null, "login with a changed password", user);
  const tokens = times(20, () => {
    const env = { now: NOW, random: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
    const composed = formats.django.compose?.({ withCsrf: true }, {}, options, [], env);
    return { do: "csrf", token: composed?.ok ? (composed.value.extra[0]?.value ?? "") : "", ...shared };
  });
  for (const { accepted } of await peer.ask(tokens)) check(accepted === true, "csrf token");
}

async function run(): Promise<void> {
  const [about] = await peer.ask([{ do: "about" }]);
  if (about?.version === undefined) {
    console.error(`skipped: ${about?.missing}`);
    tally.skipped = 2 * MINTED + MUTATED;
    return;
  }
  tally.version = about.version;
  const setup = setUp(about.version);
  await mintHere(setup);
  await mintThere(setup);
  await compareVerdicts(setup);
  await otherBackends(setup);
  await logins(setup, about.version);
}

await run().finally(() => peer.close());
console.log(JSON.stringify(tally));
process.exitCode = tally.failed > 0 ? 1 : 0;
