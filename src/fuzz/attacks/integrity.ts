import type { Attack, Means, Mutant } from "../attack.ts";
import type { Random } from "../random.ts";
import { fieldsNamed, replaceField, type Specimen, takeApart, textOf } from "../specimen.ts";
import {
  BASE64URL,
  edited,
  editedPayload,
  forever,
  forging,
  isPlain,
  markedPayload,
  mutant,
  type Pairs,
  splice,
} from "./edits.ts";

const FIELDS = ["payload", "timestamp", "signature"] as const;

type FieldName = (typeof FIELDS)[number];

/** Most random cases of one kind on one field. */
const MANY = 2_000;

function* onField(
  { specimen, random }: Means,
  name: FieldName,
  change: (text: string, random: Random) => string | undefined,
): Generator<Mutant> {
  const fields = fieldsNamed(specimen, name);
  let made = 0;
  for (const field of forever(fields, random)) {
    if (made++ >= MANY) return;
    const text = change(textOf(specimen, field), random);
    if (text !== undefined) yield edited(specimen, field, text);
  }
}

/** Of a character's code, the bits that keep it ASCII. */
const BITS = 7;

function flipBit(text: string, random: Random): string | undefined {
  if (text === "") return undefined;
  const position = random.below(text.length);
  const flipped = String.fromCharCode(text.charCodeAt(position) ^ (1 << random.below(BITS)));
  return isPlain(flipped) ? splice(text, position, position + 1, flipped) : undefined;
}

function changeCharacters(text: string, random: Random): string | undefined {
  if (text === "") return undefined;
  const count = 1 + random.below(3);
  let changed = text;
  for (let index = 0; index < count; index++) {
    const position = random.below(text.length);
    changed = splice(changed, position, position + 1, BASE64URL.charAt(random.below(64)));
  }
  return changed;
}

function* truncations({ specimen, random }: Means, name: FieldName): Generator<Mutant> {
  for (const field of fieldsNamed(specimen, name)) {
    const text = textOf(specimen, field);
    const lengths = random.shuffle([...text].map((_, index) => index));
    for (const length of lengths) {
      yield edited(specimen, field, text.slice(0, length), `${length} of ${text.length} characters`);
    }
  }
}

/** Another cookie of the same server, or without its secret one of our own. */
function otherCookie(means: Means): Specimen | undefined {
  const { specimen, forge, forger, now, random } = means;
  const payload = markedPayload(specimen, random.below(1_000_000));
  if (payload === undefined) return undefined;
  const pairs = (forge ?? forger).sign(payload, { now: now - 1 - random.below(600) });
  const taken = pairs && takeApart(specimen.format, specimen.options, pairs);
  return taken?.ok ? taken.value : undefined;
}

function* swaps(means: Means): Generator<Mutant> {
  const { specimen } = means;
  for (let round = 0; round < 20; round++) {
    const other = otherCookie(means);
    if (other === undefined) return;
    for (const name of FIELDS) {
      const [mine] = fieldsNamed(specimen, name);
      const [theirs] = fieldsNamed(other, name);
      if (mine === undefined || theirs === undefined) continue;
      yield edited(specimen, mine, textOf(other, theirs), `another cookie's ${name}`);
      yield mutant(
        replaceField(other, theirs, textOf(specimen, mine)),
        `another cookie with this one's ${name}`,
      );
    }
  }
}

function* withoutSignature({ specimen }: Means): Generator<Mutant> {
  for (const field of fieldsNamed(specimen, "signature")) {
    yield edited(specimen, field, "", "emptied");
    if (field.cookie > 0) {
      yield mutant(
        specimen.pairs.filter((_, index) => index !== field.cookie),
        "its cookie left out",
      );
      continue;
    }
    const before = specimen.fields.filter(({ cookie, end }) => cookie === 0 && end <= field.start);
    const end = Math.max(0, ...before.map((other) => other.end));
    yield mutant(
      replaceField(specimen, { cookie: 0, start: end, end: field.end }, ""),
      "removed with its separator",
    );
  }
}

/** Characters of a digest of md5, sha1, sha224, sha256, sha384 and sha512 in base64 without padding. */
const LENGTHS = [22, 27, 38, 43, 64, 86];

function* otherSignatures({ specimen, random }: Means): Generator<Mutant> {
  const fields = fieldsNamed(specimen, "signature");
  for (let round = 0; round < 30; round++) {
    for (const field of fields) {
      const text = textOf(specimen, field);
      for (const length of random.shuffle([...LENGTHS, text.length])) {
        yield edited(specimen, field, randomText(length, random), `${length} other characters`);
      }
      if (round > 0) continue;
      for (const [other, note] of fixedSignatures(text)) yield edited(specimen, field, other, note);
    }
  }
}

function fixedSignatures(text: string): readonly (readonly [string, string])[] {
  return [
    [text + text, "twice"],
    [text.slice(text.length >> 1), "its second half"],
    [text.slice(0, 1), "one character"],
    [`${text}A`, "one character more"],
    ["A".repeat(text.length), "all zeros"],
    ["none", "the word none"],
    ["null", "the word null"],
    [[...text].reverse().join(""), "reversed"],
  ];
}

function randomText(length: number, random: Random): string {
  return Array.from({ length }, () => BASE64URL.charAt(random.below(64))).join("");
}

function* editedPayloads(means: Means): Generator<Mutant> {
  for (let round = 0; round < 20; round++) {
    const pairs = editedPayload(means, means.random.below(1_000_000));
    if (pairs === undefined) return;
    yield mutant(pairs);
  }
}

/** Signed with a secret that is not the server's. */
function* otherSecret({ specimen, forger, now }: Means): Generator<Mutant> {
  const payload = markedPayload(specimen);
  if (payload === undefined) return;
  for (const at of [now, now - 60, now - 3_600]) {
    const pairs: Pairs | undefined = forger.sign(payload, { now: at });
    if (pairs !== undefined) yield mutant(pairs);
  }
}

const perField = (
  kind: string,
  what: string,
  cases: (means: Means, name: FieldName) => Iterable<Mutant>,
): Attack[] =>
  FIELDS.map((name) =>
    forging(`integrity/${kind}-${name}`, `${what} the ${name}`, (means) => cases(means, name)),
  );

/** What the signature is there to refuse. */
export const integrity: readonly Attack[] = [
  forging("integrity/no-signature", "the signature is missing", withoutSignature),
  forging("integrity/other-signature", "the signature is another text", otherSignatures),
  forging("integrity/edited-payload", "the payload was edited under its old signature", editedPayloads),
  forging("integrity/other-secret", "another secret signed it", otherSecret),
  ...perField("flip", "one bit was flipped in", (means, name) => onField(means, name, flipBit)),
  ...perField("change", "characters were changed in", (means, name) =>
    onField(means, name, changeCharacters),
  ),
  ...perField("truncate", "characters are missing from", truncations),
  forging("integrity/swap", "its parts come from two cookies", swaps),
];
