import { describe, expect, test } from "vitest";
import { resignStream } from "../../../src/cli/resign/stream.ts";
import { makeKeyring } from "../../../src/core/keyring.ts";
import { createCodec } from "../../../src/index.ts";
import { cookieSession } from "../fixtures.ts";
import { buildWorker, gather, inChunks, makeSpec, OLD, SAME, utf8 } from "./support.ts";

const express = cookieSession("object");
const [main = "", signature = ""] = express.header.split("; ");
const codec = createCodec({ format: "cookie-session", secret: OLD.secret, name: main.split("=")[0] ?? "" });

/** A line of a jar as curl writes it. */
const jarLine = (pair: string, host = "x.org") => {
  const [, name, value] = /^(.*?)=(.*)$/s.exec(pair) ?? [];
  return `#HttpOnly_${host}\tFALSE\t/\tFALSE\t0\t${name}\t${value}`;
};

const jar = [main, signature].map((pair) => jarLine(pair));
const nextHost = [main, signature].map((pair) => jarLine(pair, "y.org"));
const layouts = {
  "name=value, one a line": [main, signature],
  "a jar of browsers": jar,
  // Newest first: that is the order in which curl -c writes what one response has set.
  "a jar of curl": jar.toReversed(),
  "two hosts": [...jar, ...nextHost],
  "two hosts, newest first": [...nextHost.toReversed(), ...jar.toReversed()],
};

const spec = makeSpec({ old: makeKeyring(utf8(express.secret), OLD.fallbacks?.map(utf8) ?? []) });
const worker = buildWorker();

async function resign(lines: readonly string[], chunk: number, workers = 0) {
  const [out, rejects] = [gather(), gather()];
  const input = inChunks(utf8(`${lines.join("\n")}\n`), chunk);
  const sinks = { out: out.write, rejects: rejects.write };
  const threads = { workers, program: worker, threadsFrom: 1000 };
  const counts = await resignStream({ input, ...sinks, spec, ...threads });
  const written = out.writes.join("").split("\n").slice(0, -1);
  return { counts, written, rejects: rejects.writes.join("") };
}

/** The names and values of lines. */
const pairsOf = (lines: readonly string[]) =>
  lines.flatMap((line) => /([\w.:]+)[=\t]([^\t]*)$/.exec(line)?.slice(1).join("=") ?? []);

/** That two lines are a session under the new secret, and the first ones with nothing but the signature changed. */
function expectMoved(written: readonly string[], given: readonly string[]): void {
  const pairs = pairsOf(written);
  expect(codec.verify(pairs.toSorted().join("; ")), written.join("\n")).toMatchObject({ ok: true });
  const withoutSignature = (lines: readonly string[]) =>
    lines.map((line) => line.replace(/(\.sig[=\t]).*/, "$1"));
  expect(withoutSignature(written)).toEqual(withoutSignature(given));
}

describe.each(Object.entries(layouts))("%s", (_, lines) => {
  test.each([1, 7, 100, 1000])("a cookie and its companion are one, in chunks of %i bytes", async (chunk) => {
    const many = Array.from({ length: 20 }, () => lines).flat();
    const { counts, written } = await resign(many, chunk);
    expect(counts).toMatchObject({ changed: many.length / 2, rejected: 0, others: 0 });
    expect(written).toHaveLength(many.length);
    for (let at = 0; at < many.length; at += 2) {
      expectMoved(written.slice(at, at + 2), many.slice(at, at + 2));
    }
  });

  test("also on threads, and between other lines", async () => {
    const around = ["# a comment", OLD.value, ...lines, "", ...lines, `sessionid=${OLD.value}`];
    const many = Array.from({ length: 30 }, () => around).flat();
    const { counts, written } = await resign(many, 500, 2);
    expect(counts).toMatchObject({ changed: 30 * (2 + lines.length), rejected: 0, others: 30 });
    expect(written).toHaveLength(many.length);
    expect(written.filter((line) => line === SAME.value)).toHaveLength(30);
    for (let at = 2; at < many.length; at += around.length) {
      expectMoved(written.slice(at, at + 2), lines.slice(0, 2));
    }
  });
});

test.each([
  ["with another line between", [main, "theme=dark", signature]],
  ["of different hosts", [jarLine(main), jarLine(signature, "y.org")]],
  ["the signature alone missing", [main]],
])("%s, they are no pair, and nothing is lost", async (_, lines) => {
  const { written, rejects, counts } = await resign(lines, 1000);
  expect(rejects).toMatch(
    /^line 1: companion-missing: .* \(a list has the two in one line, or in neighbouring lines\)\n/,
  );
  expect(written).toEqual(lines.filter((line) => line === "theme=dark"));
  expect(counts).toMatchObject({ changed: 0, lost: 0 });
});

test("a forged pair is refused as one", async () => {
  const { written, rejects } = await resign([main, `${signature.slice(0, -1)}-`], 1000);
  expect([written, rejects]).toEqual([[], "line 1: bad-signature: the signature does not match\n"]);
});
