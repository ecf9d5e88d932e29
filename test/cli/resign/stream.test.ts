import { describe, expect, test } from "vitest";
import { ReaderGone } from "../../../src/cli/errors.ts";
import { type ResignStream, resignStream } from "../../../src/cli/resign/stream.ts";
import { buildWorker, gather, inChunks, makeSpec, OLD, SAME, utf8 } from "./support.ts";

async function stream(text: string | Uint8Array, over: Partial<ResignStream> = {}) {
  const out = gather();
  const rejects = gather();
  const bytes = typeof text === "string" ? utf8(text) : text;
  const counts = await resignStream({
    input: inChunks(bytes, 1000),
    out: out.write,
    rejects: rejects.write,
    spec: makeSpec(),
    workers: 0,
    ...over,
  });
  return { counts, writes: out.writes, out: out.writes.join(""), rejects: rejects.writes.join("") };
}

const worker = buildWorker();
const THREADS = { workers: 2, program: worker, threadsFrom: 5000 };

/** Lines that tell their place, some of them refused. */
const mixed = Array.from({ length: 500 }, (_, index) =>
  index % 50 === 7 ? `forged-${index}` : `c${index}=${index % 3 === 0 ? SAME.value : OLD.value}`,
);
const expected = mixed
  .filter((line) => line.startsWith("c"))
  .map((line) => line.replace(OLD.value, SAME.value));

describe.each([
  ["in one process", {}],
  ["on threads", THREADS],
])("%s", (_, how) => {
  test("nothing is lost and the order is kept", async () => {
    const { out, counts, rejects } = await stream(`${mixed.join("\n")}\n`, how);
    expect(out.split("\n").slice(0, -1)).toEqual(expected);
    const unchanged = mixed.filter((line) => line.endsWith(SAME.value)).length;
    expect(counts).toMatchObject({ unchanged, rejected: 10, changed: 490 - unchanged });
    const numbers = [...rejects.matchAll(/^line (\d+): /gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(mixed.flatMap((line, index) => (line.startsWith("f") ? [index + 1] : [])));
  });

  test("only whole lines are written", async () => {
    const { writes } = await stream(mixed.join("\n"), how);
    expect(writes.every((lines) => lines.endsWith("\n"))).toBe(true);
  });

  test("when the reader goes away, nothing more is written", async () => {
    let writes = 0;
    const out = async () => {
      writes++;
      throw new ReaderGone();
    };
    await expect(stream(`${mixed.join("\n")}\n`, { ...how, out })).rejects.toThrow(ReaderGone);
    expect(writes).toBe(1);
  });

  test("a slow reader is waited for", async () => {
    let read = 0;
    let written = 0;
    let most = 0;
    async function* input() {
      for (let count = 0; count < 200; count++) {
        read++;
        most = Math.max(most, read - written);
        yield utf8(`${OLD.value}\n`);
      }
    }
    const out = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      written++;
    };
    await stream("", { ...how, input: input(), out });
    expect(written).toBe(200);
    expect(most).toBeLessThan(10);
  });
});

test("a thread that cannot start is an error, not a wait without end", async () => {
  const program = { path: `${worker.path}.missing` };
  await expect(stream(`${mixed.join("\n")}\n`, { ...THREADS, program })).rejects.toThrow(/missing/);
});

test("what cannot be read is refused by its line", async () => {
  const bytes = Uint8Array.from([...utf8(`${OLD.value}\n\n`), 0xff, 0x0a, ...utf8(OLD.value)]);
  const { out, rejects } = await stream(bytes);
  expect(out).toBe(`${SAME.value}\n\n${SAME.value}\n`);
  expect(rejects).toBe("line 3: malformed: the line is not UTF-8\n");
});

test("JSON has one object a cookie, refused ones in their place", async () => {
  const { out } = await stream(`a=${OLD.value}\nnonsense\n${SAME.value}\n`, {
    spec: makeSpec({ json: true }),
  });
  const objects = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(objects).toEqual([
    {
      resigned: true,
      line: 1,
      format: "django",
      name: "a",
      changed: true,
      value: SAME.value,
      cookies: [{ name: "a", value: SAME.value }],
    },
    expect.objectContaining({ resigned: false, line: 2, reason: "unknown-format" }),
    expect.objectContaining({ resigned: true, line: 3, changed: false, value: SAME.value }),
  ]);
});

test("progress tells what is written and read", async () => {
  const seen: number[] = [];
  const text = `${OLD.value}\n`.repeat(20);
  await stream(text, { onProgress: ({ changed }, read) => seen.push(changed, read) });
  expect(seen.slice(-2)).toEqual([20, text.length]);
});
