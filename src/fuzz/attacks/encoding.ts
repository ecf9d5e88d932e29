import * as platform from "#platform";
import { writePythonJson } from "../../encoding/python-json.ts";
import type { Attack, Means, Mutant } from "../attack.ts";
import type { Random } from "../random.ts";
import { fieldsNamed, type Specimen, textOf } from "../specimen.ts";
import {
  BASE64URL,
  edited,
  forging,
  MARK,
  markedPayload,
  mutant,
  splice,
  underOldSignature,
} from "./edits.ts";

const FIELDS = ["signature", "payload"] as const;

/** Every field that is base64, with its text. */
function* encoded(specimen: Specimen) {
  for (const field of fieldsNamed(specimen, ...FIELDS)) {
    const text = textOf(specimen, field);
    if (/^\.?[\w+/-]+=*$/.test(text)) yield { field, text };
  }
}

/** Of the last character's six bits, those that no byte needs: by the length's rest when divided by 4. */
const SPARE_BITS: Readonly<Record<number, number>> = { 2: 4, 3: 2 };

function* spareBits({ specimen, random }: Means): Generator<Mutant> {
  for (const { field, text } of encoded(specimen)) {
    const digits = text.replace(/^\./, "").replace(/=+$/, "");
    const bits = SPARE_BITS[digits.length % 4];
    const last = BASE64URL.indexOf(digits.at(-1) ?? "");
    if (bits === undefined || last < 0) continue;
    const position = text.lastIndexOf(digits.at(-1) ?? "");
    const meaning = (last >> bits) << bits;
    for (const spare of random.shuffle(Array.from({ length: 1 << bits }, (_, index) => index))) {
      if ((meaning | spare) === last) continue;
      const changed = splice(text, position, position + 1, BASE64URL.charAt(meaning | spare));
      yield edited(specimen, field, changed, `in the ${field.name}`);
    }
  }
}

function* padding({ specimen }: Means): Generator<Mutant> {
  for (const { field, text } of encoded(specimen)) {
    for (const added of ["=", "==", "===", "====", "!", "*", "A===", "\\n", "~"]) {
      yield edited(specimen, field, text + added, `"${added}" after the ${field.name}`);
    }
    yield edited(specimen, field, `=${text}`, `"=" before the ${field.name}`);
    yield edited(specimen, field, splice(text, 4, 4, "="), `"=" within the ${field.name}`);
    yield edited(specimen, field, splice(text, 4, 4, "!!!!"), `"!!!!" within the ${field.name}`);
  }
}

function* alphabet({ specimen }: Means): Generator<Mutant> {
  for (const { field, text } of encoded(specimen)) {
    const standard = text.replaceAll("-", "+").replaceAll("_", "/");
    const urlSafe = text.replaceAll("+", "-").replaceAll("/", "_");
    yield edited(specimen, field, standard, `the ${field.name} in the standard alphabet`);
    yield edited(specimen, field, urlSafe, `the ${field.name} in the url-safe alphabet`);
    const bytes = platform.fromBase64(text.replace(/^\./, "").replace(/=+$/, ""));
    if (bytes === undefined || field.name === "payload") continue;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    yield edited(specimen, field, hex, `the ${field.name} in hexadecimal`);
  }
}

function* letterCase({ specimen, random }: Means): Generator<Mutant> {
  for (const { field, text } of encoded(specimen)) {
    yield edited(specimen, field, text.toUpperCase(), `the ${field.name} in upper case`);
    yield edited(specimen, field, text.toLowerCase(), `the ${field.name} in lower case`);
    for (let round = 0; round < 10; round++) {
      yield edited(specimen, field, swapCase(text, random), `a letter of the ${field.name}`);
    }
  }
}

function swapCase(text: string, random: Random): string {
  const letters = [...text.matchAll(/[a-z]/gi)].map(({ index }) => index);
  if (letters.length === 0) return text;
  const position = letters[random.below(letters.length)] ?? 0;
  const letter = text.charAt(position);
  const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
  return splice(text, position, position + 1, other);
}

function* compressedMark({ specimen }: Means): Generator<Mutant> {
  const [field] = fieldsNamed(specimen, "payload");
  if (field === undefined) return;
  const text = textOf(specimen, field);
  yield text.startsWith(".")
    ? edited(specimen, field, text.slice(1), "removed")
    : edited(specimen, field, `.${text}`, "added");
  yield edited(specimen, field, `..${text}`, "twice");
  yield edited(specimen, field, `${text}.`, "at the end");
}

/** JSON in which a key stands twice: the first is genuine, the second is not, and the reverse. */
function* duplicateKeys({ specimen, forger }: Means): Generator<Mutant> {
  const payload = markedPayload(specimen);
  if (payload === undefined) return;
  const json = writePythonJson(payload);
  const twice = `${json.slice(0, -1)},"${MARK}":2}`;
  for (const text of [twice, `{"${MARK}":0,${json.slice(1)}`, `${json.slice(0, -1)},${json.slice(1)}`]) {
    const pairs = underOldSignature(specimen, forger.signBytes(platform.fromLatin1(text)));
    if (pairs !== undefined) yield mutant(pairs);
  }
}

/** Other spellings of the same, which decoders let through and comparisons should not. */
export const encoding: readonly Attack[] = [
  forging("encoding/spare-bits", "spare bits of the base64 were set", spareBits),
  forging("encoding/padding", "padding or foreign characters were added to the base64", padding),
  forging("encoding/alphabet", "the base64 is in another alphabet", alphabet),
  forging("encoding/case", "letters changed their case", letterCase),
  forging("encoding/compressed-mark", "the mark of compression was added or removed", compressedMark),
  forging("encoding/duplicate-keys", "a key of its JSON stands twice", duplicateKeys),
];
