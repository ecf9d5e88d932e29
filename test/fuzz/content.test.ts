import { createHash } from "node:crypto";
import { createInflate } from "node:zlib";
import { expect, test } from "vitest";
import { readPickle } from "../../src/encoding/pickle.ts";
import { bomb } from "../../src/fuzz/bomb.ts";
import { writePickle } from "../../src/fuzz/pickle-writer.ts";
import { PAYLOAD } from "./support.ts";

/** What a stream inflates to, without holding it. */
async function inflated(stream: Uint8Array) {
  const hash = createHash("sha256");
  let length = 0;
  const inflate = createInflate();
  inflate.end(stream);
  for await (const chunk of inflate) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { length, sha256: hash.digest("hex") };
}

test.each([0, 1, 3, 64])("a bomb of %i MiB is an intact zlib stream of a thousandth", async (mebibytes) => {
  const stream = bomb('{"a":"', mebibytes, '"}');
  const expected = createHash("sha256").update('{"a":"');
  for (let index = 0; index < mebibytes; index++) expected.update("0".repeat(1 << 20));
  expected.update('"}');
  const { length, sha256 } = await inflated(stream);
  expect(length).toBe(mebibytes * 2 ** 20 + 8);
  expect(sha256).toBe(expected.digest("hex"));
  expect(stream.length).toBeLessThan(mebibytes * 1_100 + 100);
});

test("a pickle holds the session as data", () => {
  const values = [PAYLOAD, { a: null, b: true, c: [1.5, -2, "é\u2028", []], d: {} }];
  for (const value of values) {
    const pickle = readPickle(writePickle(value as never) ?? new Uint8Array(), {
      ...{ maxLength: 1e6, maxInflated: 1e6, maxDepth: 100 },
    });
    expect(pickle).toMatchObject({ ok: true, value: { value } });
  }
  expect(writePickle({ when: new Date(0) })).toBeUndefined();
});
