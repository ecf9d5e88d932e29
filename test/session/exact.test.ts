import { describe, expect, test } from "vitest";
import type { Session } from "../../src/session/index.ts";
import { type Line, readLines } from "../contract.ts";
import { jsonIn, make, visit } from "./support.ts";

/** The sessions of one Django that are valid and an object, with every option that they were made under. */
function sessionsOf(release: string): readonly Line[] {
  return readLines(`django/${release}.jsonl`).filter(
    ({ id, verdict, payload }) =>
      /^(?:session|login|expiry|engine)-/.test(id) && verdict === "valid" && payload?.startsWith("{"),
  );
}

const openLine = (line: Line, handle: (session: Session) => void) => {
  const { secret = "", fallbacks, value, now, options } = line;
  const sessions = make({ secret, fallbacks, now: () => now, onTooLarge: "chunk", ...options });
  return visit(sessions, `sessionid=${value}`, handle);
};

describe.each(["2.2.28", "4.2.28", "6.1.1"])("sessions of Django %s", (release) => {
  const lines = sessionsOf(release).filter(({ now, issuedAt = 0 }) => now - issuedAt < 1_209_600);

  test.each(lines)("$id: another key changes nothing else", async ({ id, ...line }) => {
    const before = jsonIn(line.value);
    const { session } = await openLine({ id, ...line }, (opened) => opened.set("seen", true));
    const inside = before.slice(1, -1);
    expect(jsonIn(session.sessionKey ?? "")).toBe(`{${inside}${inside === "" ? "" : ","}"seen":true}`);
  });

  test.each(lines)("$id: saved again it is the same", async ({ id, ...line }) => {
    const { session } = await openLine({ id, ...line }, (opened) => opened.save());
    expect(jsonIn(session.sessionKey ?? "")).toBe(jsonIn(line.value));
  });

  test("there are such with floats, big integers, numeric keys", () => {
    const texts = lines.map(({ value }) => jsonIn(value)).join("\n");
    for (const text of ["0.1,1.0,-0.0,", '{"10":1,"9":2,"b":3', "-1000000000000000000000000000000"]) {
      expect(texts).toContain(text);
    }
  });
});

describe("numbers as Python spelled them", () => {
  /** `{"a":12345678901234567890,"b":0.1e1}`, genuine under Django 6.1.1. */
  const line = readLines("django/6.1.1.jsonl").find(({ id }) => id === "json-40");
  if (line === undefined) throw new Error("the fixture has no such session");

  test("stay, beside a change", async () => {
    const { session } = await openLine(line, (opened) => opened.set("c", 1));
    expect(session.get("a")).toBe(12345678901234567890n);
    expect(session.get("b")).toBe(1);
    expect(jsonIn(session.sessionKey ?? "")).toBe('{"a":12345678901234567890,"b":0.1e1,"c":1}');
  });

  test("go with the value that is replaced", async () => {
    const { session } = await openLine(line, (opened) => opened.update({ b: 2, a: 12345678901234567891n }));
    expect(jsonIn(session.sessionKey ?? "")).toBe('{"a":12345678901234567891,"b":2}');
  });

  test("stay in what is nested, when something beside them changes", async () => {
    const floats = readLines("django/6.1.1.jsonl").find(({ id }) => id === "session-floats");
    if (floats === undefined) throw new Error("the fixture has no such session");
    const { session } = await openLine(floats, (opened) => {
      const list = opened.get("f");
      if (Array.isArray(list)) list.push("last");
      opened.modified = true;
    });
    expect(jsonIn(session.sessionKey ?? "")).toBe(jsonIn(floats.value).replace("]}", ',"last"]}'));
  });
});

describe("encode and decode: the rows of Django's database backend", () => {
  const rows = ["2.2.28", "3.2.25", "4.2.28", "5.2.18", "6.1.1"].flatMap((release) =>
    readLines(`django/${release}.jsonl`).filter(({ id }) => /^row-(?:cart|escapes|log)$/.test(id)),
  );

  test.each(rows)("$producer: $id", async ({ secret = "", value, options, payload = "", ...row }) => {
    const { backend: _, ...version } = options as { backend: string };
    const sessions = make({ secret, now: () => row.issuedAt ?? row.now, ...version });
    const session = await sessions.open(undefined);
    const data = session.decode(value);
    expect(data).toEqual(JSON.parse(payload));
    const encoded = session.encode(data);
    expect(session.decode(encoded)).toEqual(data);
    if (row.id !== "row-log") expect(encoded).toBe(value);
    expect(session.accessed).toBe(false);
  });

  test.each(["row-tampered", "row-text", "row-other-secret"])("%s is empty", async (id) => {
    const { secret = "", value = "" } = readLines("django/6.1.1.jsonl").find((row) => row.id === id) ?? {};
    expect((await make({ secret }).open(undefined)).decode(value)).toEqual({});
  });
});
