import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unwrap } from "../../src/core/result.ts";
import { looksLikePickle, readPickle } from "../../src/encoding/pickle.ts";
import { Foreign } from "../../src/encoding/values.ts";
import { notation, withNumbers } from "./pickle-notation.ts";

interface Line {
  readonly id: string;
  readonly pickle: string;
}

interface Written extends Line {
  readonly protocol: number;
  readonly expect: unknown;
}

interface Judged extends Line {
  /** What Python's unpickler looked up. */
  readonly names: readonly string[];
  /** How it ended: "ok" or the exception's class. */
  readonly ends: string;
  /** Python accepts it; here a limit stops it. */
  readonly limit: boolean;
}

function lines<T>(name: string): readonly T[] {
  const path = new URL(`../../fixtures/pickle/${name}.jsonl`, import.meta.url);
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

const limits = { maxDepth: 150 };

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A pickle spelled in Latin-1. */
function read(text: string) {
  return readPickle(latin1(text), limits);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

describe.each(["python-3.13", "python-2.7"])("written by %s", (name) => {
  test.each(lines<Written>(name))("$id", ({ pickle, protocol, expect: expected }) => {
    const data = bytes(pickle);
    const result = unwrap(readPickle(data, limits));
    expect(notation(result.value)).toEqual(withNumbers(expected));
    expect(looksLikePickle(data)).toBe(true);
    expect(result.protocol).toBeLessThanOrEqual(protocol);
    if (protocol >= 2) expect(result.protocol).toBe(protocol);
  });
});

describe("hostile", () => {
  const judged = lines<Judged>("hostile");

  test.each(judged.filter(({ limit }) => !limit))("$id ends with $ends", ({ pickle, names, ends }) => {
    const result = readPickle(bytes(pickle), limits);
    if (!result.ok) {
      expect(result.code).toBe("bad-payload");
      expect(ends).not.toBe("ok");
      return;
    }
    expect(ends).toBe("ok");
    expect(result.value.foreign).toEqual([...new Set(names)]);
  });

  test.each(judged.filter(({ limit }) => limit))("$id is stopped", ({ pickle }) => {
    const result = readPickle(bytes(pickle), limits);
    expect(result.ok ? "ok" : result.message).toMatch(/deep|too large/);
  });

  test("every beginning of a pickle is refused", () => {
    for (const { pickle } of lines<Written>("python-3.13").filter(({ id }) =>
      /^(plain|texts|bytes)/.test(id),
    )) {
      const data = bytes(pickle);
      for (let length = 0; length < data.length; length++) {
        const result = readPickle(data.subarray(0, length), limits);
        expect(result.ok ? "ok" : result.code).toBe("bad-payload");
      }
    }
  });
});

test.each(lines<{ id: string; code: number; protocol: number }>("opcodes"))("knows $id", ({ id, code }) => {
  const result = readPickle(Uint8Array.of(code, 0, 0), limits);
  if (result.ok) return;
  if (id === "NEXT_BUFFER") expect(result.message).toContain("at byte 0: unknown opcode 0x97");
  else expect(result.message).not.toContain("at byte 0: unknown");
});

describe("calls", () => {
  test("are described by name, arguments and state", () => {
    const { value, foreign, unknown } = unwrap(read("cposix\nsystem\n(S'id'\ntR}S'a'\nI1\nsb."));
    expect(value).toEqual(new Foreign("posix.system", { args: ["id"], state: { a: 1 } }));
    expect([foreign, unknown]).toEqual([["posix.system"], ["posix.system"]]);
  });

  test("well-known data is named, and not unknown", () => {
    const { value, foreign, unknown } = unwrap(read("cdecimal\nDecimal\n(S'1.50'\ntR."));
    expect(value).toEqual(new Foreign("decimal.Decimal", "1.50"));
    expect([foreign, unknown]).toEqual([["decimal.Decimal"], []]);
  });

  test("of what a call returned keep the inner call", () => {
    const { value } = unwrap(read("c__builtin__\ngetattr\n(cos\nsystem\ntR)R."));
    const inner = new Foreign("__builtin__.getattr", { args: [new Foreign("os.system", null)] });
    expect(value).toEqual(new Foreign("pickle.call", { callable: inner, args: [] }));
  });

  test("with arguments that do not fit stay descriptions", () => {
    const { value } = unwrap(read("cdatetime\ndate\n(I2024\nI1\nI2\ntR."));
    expect(value).toEqual(new Foreign("datetime.date", { args: [2024, 1, 2] }));
  });

  test("persistent ids and extension codes are described", () => {
    expect(unwrap(read("Pcart\n.")).value).toEqual(new Foreign("pickle.persistent_load", { args: ["cart"] }));
    expect(unwrap(read("\x82\x05.")).value).toEqual(new Foreign("copyreg.extension_5", null));
  });

  test("a state set on a name is kept", () => {
    const { value } = unwrap(read("c__main__\nsettings\n}S'DEBUG'\nI01\nsb."));
    expect(value).toEqual(new Foreign("__main__.settings", { state: { DEBUG: true } }));
  });

  test("a zone that would have to be looked up leaves local time", () => {
    const zone = "cpytz\n_zone\n(S'Europe/Berlin'\ntR";
    const { value } = unwrap(read(`cdatetime\ndatetime\n(C\n\x07\xe8\x01\x02\x03\x04\x05\0\0\0${zone}tR.`));
    const tzinfo = new Foreign("pytz._zone", { args: ["Europe/Berlin"] });
    expect(value).toEqual(new Foreign("datetime.datetime", { local: "2024-01-02T03:04:05", tzinfo }));
  });
});

test("a reference back to an enclosing container is marked", () => {
  const recursion = new Foreign("recursion", null);
  expect(unwrap(read("]q\x00h\x00a.")).value).toEqual([recursion]);
  expect(unwrap(read("}q\x00U\x01kh\x00s.")).value).toEqual({ k: recursion });
});

test("keys that would fall together are told apart by type", () => {
  const { value } = unwrap(read("(S'1'\nS'text'\nI1\nS'integer'\nF1.0\nS'float'\nd."));
  expect(value).toEqual({ "1": "text", "1 (int)": "integer", "1.0": "float" });
});

test("a name __proto__ is an ordinary key and no prototype", () => {
  const { value } = unwrap(read("}S'__proto__'\n}S'polluted'\nI1\nss."));
  expect(Object.keys(value as object)).toEqual(["__proto__"]);
  expect((value as { polluted?: unknown }).polluted).toBeUndefined();
});

test("failures name the byte and the opcode", () => {
  const result = read("I1\nI2\na.");
  expect(result).toMatchObject({
    ok: false,
    message: "the pickle cannot be read: at byte 6, in APPEND: it appends to what is not a list",
  });
});

test.each(["", "{}", '{"a":1}', "I am.", "No.", "\x80\x01.", "\x80\x06N.", "I1\n.x", "hello."])(
  "%j does not look like a pickle",
  (text) => {
    expect(looksLikePickle(latin1(text))).toBe(false);
  },
);
