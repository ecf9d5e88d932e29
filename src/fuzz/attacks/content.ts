import * as platform from "#platform";
import type { Trust } from "../../core/guide.ts";
import { writePythonJson } from "../../encoding/python-json.ts";
import { isObject, setKey, type Value, type ValueObject } from "../../encoding/values.ts";
import type { Attack, Means, Mutant } from "../attack.ts";
import { bomb } from "../bomb.ts";
import type { Forge } from "../forge.ts";
import { writePickle } from "../pickle-writer.ts";
import { headerOf } from "../specimen.ts";
import type { Target } from "../target.ts";
import { MARK, mutant, type Pairs, payloadOf, underOldSignature } from "./edits.ts";

/** A payload that is hostile in itself. */
interface Content {
  readonly note: string;
  mint(forge: Forge): Pairs | undefined;
}

const value = (note: string, payload: Value): Content => ({ note, mint: (forge) => forge.sign(payload) });
const bytes = (note: string, serialized: Uint8Array): Content => ({
  note,
  mint: (forge) => forge.signBytes(serialized),
});
const json = (note: string, text: string): Content => bytes(note, platform.fromLatin1(text));

/** A content under the genuine signature, which anybody can send, and signed, which must do no harm either. */
function* inBothWays(means: Means, { note, mint }: Content, signedIsFault: boolean): Generator<Mutant> {
  const { specimen, forge, forger, room } = means;
  const forged = underOldSignature(specimen, mint(forger));
  if (forged !== undefined && headerOf(forged).length <= room) yield mutant(forged, note);
  const signed = forge && mint(forge);
  if (signed === undefined || headerOf(signed).length > room) return;
  yield { ...mutant(signed, `${note}, signed`), signed: true, harmless: !signedIsFault };
}

function notObjects(): Content[] {
  const values: readonly Value[] = [[], [[]], ["a", "b"], [1, 2], "text", "", 0, 1, -1, true, false, null];
  return values.map((payload) => value(JSON.stringify(payload), payload));
}

function notJson(): Content[] {
  const texts = ["{", "}", '{"a"', '{"a":}', "{'a':1}", "{}{}", "nul", "undefined", "\xff\xfe", "\xc3\x28"];
  return [
    bytes("nothing at all", new Uint8Array()),
    bytes("zeros", new Uint8Array(64)),
    json("a byte order mark", "\xef\xbb\xbf{}"),
    json("white space", "   "),
    ...texts.map((text) => json(JSON.stringify(text), text)),
  ];
}

function nested(payload: ValueObject, room: number): Content[] {
  const depths = [100, 1_000, 10_000, 100_000].filter((depth) => depth * 2 < room * 300);
  const open = `${openJson(payload)}"${MARK}":`;
  return depths.flatMap((depth) => [
    json(`${depth} lists deep`, `${open}${"[".repeat(depth)}${"]".repeat(depth)}}`),
    json(`${depth} lists open`, open + "[".repeat(depth)),
    json(`${depth} objects deep`, `${open}${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`),
  ]);
}

/** The payload's JSON without its closing brace, ready for one more key; of nothing, where it has no JSON. */
function openJson(payload: ValueObject): string {
  try {
    const open = writePythonJson(payload).slice(0, -1);
    return open === "{" ? open : `${open},`;
  } catch {
    return "{";
  }
}

function numbers(payload: ValueObject): Content[] {
  const texts = ["1e400", "-1e400", "NaN", "Infinity", "-0", "9007199254740993", "1e-400"];
  const open = openJson(payload);
  return [...texts, "9".repeat(5_000), `0.${"3".repeat(5_000)}`].map((text) =>
    json(text.length > 20 ? `${text.length} digits` : text, `${open}"${MARK}":${text}}`),
  );
}

function texts(payload: ValueObject): Content[] {
  const open = openJson(payload);
  const strings = {
    "half a surrogate pair": "\\ud800",
    "the other half": "\\udfff",
    "a NUL": "\\u0000",
    "line breaks": "\\r\\nSet-Cookie: a=1",
    markup: "<script>alert(1)</script>",
    "a template": "{{7*7}}<%= 7*7 %>",
  };
  return Object.entries(strings).flatMap(([note, text]) => [
    json(note, `${open}"${MARK}":"${text}"}`),
    json(`${note} as a key`, `${open}"${text}":1}`),
  ]);
}

const WRONG: readonly Value[] = [null, true, -1, 1e308, "", "\u0000", [], {}, [[]], { a: { b: [] } }];

function wrongTypes(payload: ValueObject): Content[] {
  return Object.keys(payload).flatMap((key) =>
    WRONG.map((wrong) => value(`${key}: ${JSON.stringify(wrong)}`, { ...payload, [key]: wrong })),
  );
}

function prototypes(payload: ValueObject): Content[] {
  const under = (key: string, inner: Value) => {
    const outer: ValueObject = {};
    setKey(outer, key, inner);
    return outer;
  };
  return [
    value("__proto__", under("__proto__", payload)),
    value("__proto__ beside another key", { ...under("__proto__", payload), [MARK]: 1 }),
    value("constructor.prototype", { constructor: { prototype: payload } }),
  ];
}

function pickles(payload: ValueObject): Content[] {
  const pickle = writePickle(payload);
  return pickle === undefined ? [] : [bytes("a pickle of the session", pickle)];
}

/** Of a cookie's characters, so many are the payload; a character of base64 is three quarters of a byte. */
const payloadRoom = (room: number) => Math.floor((room - 500) * 0.75);

const RATIO = 1_000;
const MEBIBYTE = 1 << 20;

function* bombs(payload: ValueObject, room: number): Generator<Content> {
  const open = `${openJson(payload)}"${MARK}":"`;
  const most = Math.floor((payloadRoom(room) * RATIO) / MEBIBYTE);
  for (const mebibytes of [2, 8, 64, 1_024].filter((size) => size < most).concat(most)) {
    if (mebibytes < 2) continue;
    const stream = bomb(open, mebibytes, '"}');
    yield { note: `${mebibytes} MiB`, mint: (forge) => forge.signBytes(stream, "deflated") };
  }
}

const twice = new Map<number, Uint8Array>();

/** A zlib stream of a zlib stream of so many MiB of JSON that takes long to read. */
function deflatedTwice(mebibytes: number): Uint8Array {
  let stream = twice.get(mebibytes);
  if (stream === undefined) {
    const inner = platform.deflate(platform.fromLatin1(`[${"0,".repeat(mebibytes * (MEBIBYTE >> 1))}0]`));
    stream = platform.deflate(inner);
    twice.set(mebibytes, stream);
  }
  return stream;
}

function nestedBombs(kind: Target["kind"]): Content[] {
  return (kind === "http" ? [4, 16] : [2]).map((mebibytes) => ({
    note: `${mebibytes} MiB`,
    mint: (forge) => forge.signBytes(deflatedTwice(mebibytes), "deflated"),
  }));
}

function oversize(payload: ValueObject, random: Means["random"], room: number): Content[] {
  return [4_097, 8_192, 16_000, 65_000, 1_000_000]
    .filter((size) => size < room)
    .map((size) => {
      const noise = Array.from({ length: size >> 1 }, () => random.below(36).toString(36)).join("");
      return value(`${size} characters`, { ...payload, [MARK]: noise });
    });
}

interface Hostile {
  readonly id: Attack["id"];
  readonly title: string;
  /** `payload`: the specimen's own. */
  readonly contents: (payload: ValueObject, means: Means) => Iterable<Content>;
  /** Of accepting it when somebody made it who lacks the secret, and as `faultOf` says. */
  readonly finding?: Attack["finding"];
  readonly trust?: Trust;
  /** Targets for which accepting it is a fault even if the server's secret signed it. Default: none. */
  readonly faultOf?: readonly Target["kind"][];
}

function hostile({ contents, finding = "accepted-forgery", faultOf = [], ...attack }: Hostile): Attack {
  return {
    ...attack,
    finding,
    *cases(means) {
      const payload = payloadOf(means.specimen);
      if (payload === undefined || !isObject(payload)) return;
      for (const content of contents(payload, means))
        yield* inBothWays(means, content, faultOf.includes(means.kind));
    },
  };
}

/** Payloads that are bad for whoever reads them, signed or not. */
export const content: readonly Attack[] = [
  hostile({
    id: "content/not-an-object",
    title: "its payload is no object",
    contents: notObjects,
    trust: "not-an-object",
  }),
  hostile({
    id: "content/not-json",
    title: "its payload is not what its format serializes",
    contents: notJson,
    trust: "unreadable",
  }),
  hostile({
    id: "content/prototype",
    title: "its keys stand under __proto__ or constructor",
    contents: prototypes,
    // A codec that says "genuine" is right.
    faultOf: ["http"],
  }),
  hostile({
    id: "content/pickle",
    title: "its payload is a pickle",
    contents: pickles,
    finding: "accepted-wrong-purpose",
    trust: "unreadable",
    faultOf: ["http", "codec"],
  }),
  hostile({
    id: "content/inflates",
    title: "its payload inflates to far more",
    contents: (payload, { room }) => bombs(payload, room),
  }),
  hostile({
    id: "content/inflates-twice",
    title: "its payload inflates again and again",
    contents: (_payload, { kind }) => nestedBombs(kind),
    trust: "unreadable",
  }),
  hostile({
    id: "content/deep",
    title: "its payload is nested deeply",
    contents: (payload, { room }) => nested(payload, room),
    trust: "unreadable",
  }),
  hostile({
    id: "content/numbers",
    title: "it holds numbers that do not fit",
    contents: numbers,
    trust: "unreadable",
  }),
  hostile({
    id: "content/text",
    title: "it holds texts that break out or are none",
    contents: texts,
    trust: "unreadable",
  }),
  hostile({
    id: "content/wrong-types",
    title: "its own keys have values of other types",
    contents: wrongTypes,
    trust: "wrong-types",
  }),
  hostile({
    id: "content/oversize",
    title: "it is larger than browsers and servers take",
    contents: (payload, { random, room }) => oversize(payload, random, room),
  }),
];
