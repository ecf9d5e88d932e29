import type { Codec, Cookie, FormatId, Secret, Value } from "../../src/index.ts";
import { canonical } from "../canonical-json.ts";
import { equal, holds } from "./check.ts";
import type { Contract, Library, Line, PayloadJson } from "./line.ts";
import { pythonJson } from "./python-json.ts";

const CODES: Readonly<Record<Line["verdict"], readonly string[]>> = {
  valid: ["valid"],
  "bad-signature": ["bad-signature", "companion-missing"],
  expired: ["expired"],
  malformed: ["malformed", "bad-payload"],
};

const NEW_SECRET = "the secret that replaces it";

/** A line under a format's contract: what the checks below share. */
interface Subject extends Contract {
  readonly line: Line;
  readonly library: Library;
  readonly json: PayloadJson;
  codec(over?: { secret?: Secret; fallbacks?: readonly Secret[] }): Codec;
}

/** Checks of a line that is valid. */
const VALID: readonly ((subject: Subject) => void)[] = [
  checkHeader,
  checkDecoded,
  checkMinted,
  checkRotated,
  checkNotRotated,
  checkOtherSecret,
  checkBeginnings,
];

/**
 * Gives the check of a line of a fixture against a format: the framework's verdict and what follows from it. It
 * throws an Error that says what does not hold.
 */
export function lineChecker(library: Library, contract: Contract): (line: Line) => void {
  const { json = pythonJson(library) } = contract;
  return (line) => {
    const { options, fallbacks = [], maxAge } = line;
    const given = { format: contract.format, secret: secretOf(line), fallbacks, maxAge, ...options };
    const codec: Subject["codec"] = (over) => library.createCodec({ ...given, ...over });
    const subject = { ...contract, line, library, json, codec };
    checkVerdict(subject);
    if (line.verdict === "valid") for (const check of VALID) check(subject);
    checkEveryFormat(subject);
  };
}

function secretOf({ secret, secretHex = "" }: Line): Secret {
  return secret ?? Uint8Array.from(secretHex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

const cookieOf = ({ name, value, siblings, request }: Line): Cookie => request ?? { name, value, siblings };

/** The one cookie of its codec, under its own name where it has one. */
function namedCodec({ line, library, format }: Subject, maxAge?: number | null): Codec {
  const { options, name } = line;
  return library.createCodec({
    format,
    ...options,
    secret: secretOf(line),
    maxAge,
    ...(name !== undefined && { name }),
  });
}

function checkPayload(payload: Value, { line, json }: Subject, what: string): void {
  if (line.payload !== undefined) equal(canonical(json.write(payload)), canonical(line.payload), what);
}

function checkVerdict(subject: Subject): void {
  const { line, codec } = subject;
  const result = codec().verify(cookieOf(line), { now: line.now });
  const verdict = result.ok ? "valid" : result.code;
  holds(CODES[line.verdict].includes(verdict), `verify: ${verdict} instead of ${line.verdict}`);
  if (!result.ok) return;
  checkPayload(result.payload, subject, "payload");
  if (line.issuedAt !== undefined) equal(result.issuedAt, line.issuedAt, "issuedAt");
  if (line.keyIndex !== undefined) equal(result.keyIndex, line.keyIndex, "keyIndex");
  equal(result.needsRotation, result.keyIndex > 0 || result.outdated !== undefined, "needsRotation");
}

function checkHeader(subject: Subject): void {
  const { header, name, maxAge, now } = subject.line;
  if (header === undefined) return;
  const codec = namedCodec(subject, maxAge);
  for (const text of [header, `Cookie: other=1; ${name}=${header}`]) {
    const result = codec.verify(text, { now });
    holds(result.ok, `refused as it stands in a header: ${text}`);
    checkPayload(result.payload, subject, "payload from a header");
  }
}

function checkDecoded(subject: Subject): void {
  const { line, codec } = subject;
  const result = codec({ secret: "any", fallbacks: [] }).decode(cookieOf(line));
  holds(result.ok, "not decoded without its secret");
  equal(result.verified, false, "decode's verified");
  checkPayload(result.payload, subject, "payload without a secret");
  const { length } = line.request ?? line.value;
  for (const { name, start, end } of result.segments)
    holds(start >= 0 && start <= end && end <= length, `segment ${name} is outside of the value`);
}

function checkMinted(subject: Subject): void {
  const { line, json, alike, library } = subject;
  if (!line.mint) return;
  const now = line.issuedAt ?? line.now;
  const payload = line.payload === undefined ? payloadOf(subject) : json.read(line.payload);
  const [first, ...others] = namedCodec(subject).mint(payload, { now });
  const theirs = line.header ?? line.value;
  if (!alike?.(first.value, theirs, library.platform)) equal(first.value, theirs, "minted");
  for (const { name, value } of others) equal(value, line.siblings?.[name], `minted ${name}`);
}

function payloadOf({ line, codec }: Subject): Value {
  const result = codec().verify(cookieOf(line), { now: line.now });
  if (!result.ok) throw new Error(result.message);
  return result.payload;
}

function checkRotated(subject: Subject): void {
  const { line, codec, keeps } = subject;
  const clock = { now: line.now };
  const fallbacks = [secretOf(line), ...(line.fallbacks ?? [])];
  const rotated = codec({ secret: NEW_SECRET, fallbacks }).rotate(cookieOf(line), clock);
  holds(rotated.ok && rotated.changed, "not moved to the new secret");
  if (keeps !== undefined) holds(keeps(line.value, rotated.value), `rotation changed more: ${rotated.value}`);
  const siblings = Object.fromEntries(rotated.cookies.slice(1).map(({ name, value }) => [name, value]));
  const cookie = { name: line.name, value: rotated.value, siblings };
  const after = codec({ secret: NEW_SECRET, fallbacks: [] }).verify(cookie, clock);
  holds(after.ok && !after.needsRotation, "refused after its rotation, or to be rotated again");
  equal(after.keyIndex, 0, "keyIndex after rotation");
  checkPayload(after.payload, subject, "payload after rotation");
  if (line.issuedAt !== undefined) equal(after.issuedAt, line.issuedAt, "issuedAt after rotation");
}

function checkNotRotated({ line, codec }: Subject): void {
  const result = codec().rotate(cookieOf(line), { now: line.now });
  holds(
    result.ok && (result.changed || result.value === line.value),
    "a cookie of the current secret is not rotated to itself",
  );
}

function checkOtherSecret({ line, codec }: Subject): void {
  const result = codec({ secret: NEW_SECRET, fallbacks: [] }).verify(cookieOf(line));
  equal(result.ok ? "valid" : result.code, "bad-signature", "under another secret");
}

/** No beginning of a cookie throws or is valid with another payload. */
function checkBeginnings(subject: Subject): void {
  const { line } = subject;
  const codec = subject.codec();
  const text = line.request === undefined ? "value" : "request";
  const { length } = line[text] ?? "";
  const step = Math.max(1, Math.floor(length / 150));
  for (let end = 0; end < length; end += step) {
    const cookie = cookieOf({ ...line, [text]: line[text]?.slice(0, end) });
    const result = codec.verify(cookie, { now: line.now });
    if (result.ok) checkPayload(result.payload, subject, `payload of the first ${end} characters`);
    codec.decode(cookie);
    codec.rotate(cookie, { now: line.now });
  }
}

/** No format throws on a cookie, nor accepts it under a secret that is not its own. */
function checkEveryFormat({ line, library: { createCodec, detect, formats } }: Subject): void {
  const cookies = [cookieOf(line), line.value, `${line.name}=${line.header ?? line.value}`];
  for (const format of Object.keys(formats) as FormatId[]) {
    const codec = createCodec({ format, secret: "any" });
    for (const cookie of cookies) {
      holds(!codec.verify(cookie).ok, `valid as ${format} under any secret`);
      codec.decode(cookie);
    }
  }
  detect(cookieOf(line));
}
