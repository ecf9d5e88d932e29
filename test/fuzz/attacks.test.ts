import { describe, expect, test } from "vitest";
import { groupOf } from "../../src/fuzz/attack.ts";
import { selectAttacks } from "../../src/fuzz/attack-plan.ts";
import { ATTACKS } from "../../src/fuzz/attacks/index.ts";
import { type Case, casesOf, inTurns } from "../../src/fuzz/schedule.ts";
import { headerOf, toInput } from "../../src/fuzz/specimen.ts";
import { FuzzError } from "../../src/fuzz/target.ts";
import { createCodec, type FormatId } from "../../src/index.ts";
import { IDS, NOW, SECRET, specimenOf, suppliesOf } from "./support.ts";

const MOST = 300;

function take(cases: Iterable<Case>, most = MOST): Case[] {
  const taken: Case[] = [];
  for (const one of cases) {
    if (taken.length >= most) break;
    taken.push(one);
  }
  return taken;
}

const codecOf = (format: FormatId) => createCodec({ format, secret: SECRET } as never);

describe.each(IDS)("%s", (id) => {
  const specimen = specimenOf(id);
  const genuine = headerOf(specimen.pairs);

  test.each(ATTACKS.filter(({ needs }) => needs === undefined).map((attack) => [attack.id, attack] as const))(
    "%s makes the same cases of the same seed, and none that is the genuine cookie",
    (_, attack) => {
      const supplies = suppliesOf(specimen);
      const cases = take(casesOf(attack, supplies, 7));
      const again = take(casesOf(attack, suppliesOf(specimenOf(id)), 7));
      expect(again.map(({ id, mutant }) => [id, mutant])).toEqual(
        cases.map(({ id, mutant }) => [id, mutant]),
      );
      for (const { mutant } of cases) expect(mutant.header).not.toBe(genuine);
      expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    },
  );

  test("without the secret nothing that must be refused is genuine", () => {
    const codec = codecOf(id);
    const supplies = suppliesOf(specimen, false);
    let checked = 0;
    for (const { id: what, mutant } of take(inTurns(ATTACKS, supplies, 3), 6_000)) {
      if (mutant.harmless || mutant.pairs === undefined || mutant.header === genuine) continue;
      const [main, ...companions] = mutant.pairs;
      if (main === undefined) continue;
      const verified = codec.verify(toInput([main, ...companions]), { now: NOW + 60 });
      expect(verified.ok, `${what} ${mutant.note}`).toBe(false);
      checked++;
    }
    expect(checked).toBeGreaterThan(2_000);
  });

  test("another seed makes other cases", () => {
    const flips = selectAttacks(["integrity/flip-signature"]);
    const headers = (seed: number) =>
      take(inTurns(flips, suppliesOf(specimen), seed)).map(({ mutant }) => mutant.header);
    expect(headers(1)).toEqual(headers(1));
    expect(headers(1)).not.toEqual(headers(2));
  });
});

test("every attack takes its turn before any comes again", () => {
  const cases = take(inTurns(ATTACKS, suppliesOf(specimenOf("django")), 1), 40);
  const names = cases.map(({ attack }) => attack.id);
  expect(new Set(names.slice(0, 25)).size).toBe(25);
});

test("expired cookies are genuine but for their age", () => {
  const codec = codecOf("django");
  const ages = take(casesOf(attackOf("time/expired"), suppliesOf(specimenOf("django")), 1));
  expect(ages.length).toBeGreaterThan(5);
  for (const { mutant } of ages) {
    const value = mutant.pairs?.[0]?.value ?? "";
    expect(codec.verify({ value }, { now: NOW })).toMatchObject({ ok: false, code: "expired" });
  }
});

test("cookies for another purpose are signed by the same secret, and refused", () => {
  const codec = codecOf("django");
  const cases = take(casesOf(attackOf("purpose/signed-for-another"), suppliesOf(specimenOf("django")), 1));
  const notes = cases.map(({ mutant }) => mutant.note).join("\n");
  expect(notes).toContain("signing.dumps()");
  expect(notes).toContain("algorithm sha512");
  for (const other of ["messages cookie", "set_signed_cookie()", "TimestampSigner", "password reset"]) {
    expect(notes).toContain(other);
  }
  for (const { mutant } of cases) {
    expect(codec.verify({ value: mutant.pairs?.[0]?.value ?? "" }, { now: NOW }).ok).toBe(false);
  }
});

test("Django 3.2 accepts sha1 by itself, so that is no other purpose", () => {
  const options = { version: "3.2" };
  const cases = take(
    casesOf(attackOf("purpose/signed-for-another"), suppliesOf(specimenOf("django", options)), 1),
  );
  const codec = createCodec({ format: "django", secret: SECRET, ...options });
  expect(cases.length).toBeGreaterThan(5);
  for (const { mutant } of cases) {
    expect(codec.verify({ value: mutant.pairs?.[0]?.value ?? "" }, { now: NOW }).ok).toBe(false);
  }
});

test("itsdangerous takes other spellings of a signature, which are no forgeries", () => {
  const cases = take(casesOf(attackOf("encoding/spare-bits"), suppliesOf(specimenOf("flask")), 1));
  const inSignature = cases.filter(({ mutant }) => mutant.note === "in the signature");
  expect(inSignature).toHaveLength(3);
  for (const { mutant } of inSignature) expect(mutant.harmless).toBe(true);
});

describe("which attacks", () => {
  test("groups and names select, and take away", () => {
    const time = selectAttacks(["time", "encoding/case"], ["time/future"]);
    expect(time.map(({ id }) => id)).toEqual(["encoding/case", "time/altered", "time/expired"]);
    expect(selectAttacks().length).toBe(ATTACKS.length);
    expect(selectAttacks([], ["content"]).some((attack) => groupOf(attack) === "content")).toBe(false);
  });

  test.each(["nonsense", "time/", "integrity/flip"])("%s is none", (name) => {
    expect(() => selectAttacks([name])).toThrow(FuzzError);
    expect(() => selectAttacks([], [name])).toThrow(`no attack "${name}"`);
  });
});

function attackOf(id: string) {
  const [attack] = selectAttacks([id]);
  if (attack === undefined) throw new Error(id);
  return attack;
}
