import Keyv from "keyv";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  keyvRevocation,
  type Rejection,
  type SessionOptions,
  type StandardSchema,
} from "../../src/session/index.ts";
import { browserAfter, headerAfter, make, SECRET, visit } from "./support.ts";

interface Shop {
  cart: number[];
}

/** The specification alone, without a library. */
function standard(validate: StandardSchema<Shop>["~standard"]["validate"]): StandardSchema<Shop> {
  return { "~standard": { version: 1, vendor: "test", validate } };
}

const byHand = standard((value) => {
  const { cart } = value as Partial<Shop>;
  if (!Array.isArray(cart)) return { issues: [{ message: "expected a list", path: ["cart"] }] };
  const index = cart.findIndex((item) => typeof item !== "number");
  if (index < 0) return { value };
  return { issues: [{ message: "expected a number", path: [{ key: "cart" }, { key: index }] }] };
});

const schemas: [string, StandardSchema<Shop>][] = [
  ["zod", z.object({ cart: z.array(z.number()) })],
  ["valibot", v.object({ cart: v.array(v.number()) })],
  ["by hand", byHand],
];

const cookieWith = (data: Record<string, unknown>) =>
  headerAfter(make<Record<string, unknown>>(), (session) => session.update(data));

async function opened(header: string, options: Partial<SessionOptions<Shop>>) {
  const rejected: Rejection[] = [];
  const visited = await visit(
    make<Shop>({ ...options, onRejected: (why) => rejected.push(why) }),
    header,
    (session) => session.get("cart"),
  );
  return { ...visited, rejected };
}

describe.each(schemas)("%s", (_, validate) => {
  test("a session of the right shape is taken as it is", async () => {
    const header = await cookieWith({ cart: [1, 2], other: "kept" });
    const { session, rejected, setCookies } = await opened(header, { validate });
    expect(Object.fromEntries(session.entries())).toEqual({ cart: [1, 2], other: "kept" });
    expect([rejected, setCookies]).toEqual([[], []]);
  });

  test("one of another shape is rejected, with the place of the first fault", async () => {
    const header = await cookieWith({ cart: [1, "a secret value"] });
    const { session, rejected, setCookies } = await opened(header, { validate });
    expect(session.size).toBe(0);
    expect(setCookies).toHaveLength(1);
    expect(rejected).toMatchObject([
      {
        ok: false,
        code: "bad-payload",
        message: expect.stringContaining("the session is not valid: cart.1: "),
      },
    ]);
  });

  test("the empty session that follows is none that could be rejected again", async () => {
    const header = await cookieWith({ cart: "none" });
    const first = await opened(header, { validate });
    const second = await opened(browserAfter(header, first) ?? "", { validate });
    expect([second.rejected, second.setCookies]).toEqual([[], []]);
    expect(second.session.sessionKey).toBe(first.session.sessionKey);
  });

  test("a cookie that is not genuine never reaches it", async () => {
    const { rejected } = await opened("sessionid=garbage:of:some", { validate });
    expect(rejected).toMatchObject([{ code: "bad-signature" }]);
  });
});

test("an issue without a path", async () => {
  const validate = standard(() => ({ issues: [{ message: "no" }, { message: "second" }] }));
  const { rejected } = await opened(await cookieWith({ cart: [] }), { validate });
  expect(rejected).toMatchObject([{ message: "the session is not valid: no" }]);
});

test("it changes nothing: what a schema transforms or drops stays as it was", async () => {
  const validate = z.object({
    cart: z.array(z.number()).transform(() => [9]),
    unused: z.string().default("x"),
  });
  const header = await cookieWith({ cart: [1], extra: true });
  const { session } = await opened(header, { validate });
  expect(Object.fromEntries(session.entries())).toEqual({ cart: [1], extra: true });
});

describe("a validator that answers later is refused", () => {
  const validators: [string, StandardSchema<Shop>][] = [
    ["zod", z.object({ cart: z.array(z.number()) }).refine(async () => true)],
    [
      "valibot",
      v.pipeAsync(
        v.object({ cart: v.array(v.number()) }),
        v.checkAsync(async () => true),
      ),
    ],
    ["by hand", standard(async (value) => ({ value }))],
    [
      "a thenable",
      // biome-ignore lint/suspicious/noThenProperty: a promise of another realm, or of a library
      standard((value) => ({ then: (done: (result: unknown) => void) => done({ value }) }) as never),
    ],
  ];
  test.each(validators)("%s", async (_, validate) => {
    const header = await cookieWith({ cart: [1] });
    await expect(opened(header, { validate })).rejects.toThrow(TypeError);
  });
});

describe("a strict schema knows only the application's keys", () => {
  const validate = z.strictObject({ cart: z.array(z.number()) });

  test("the id of a revocable session is none of them", async () => {
    const revocation = keyvRevocation(new Keyv());
    const rejected: Rejection[] = [];
    const options = { validate, revocation, onRejected: (why: Rejection) => rejected.push(why) };
    const header = await headerAfter(make<Shop>(options), (session) => session.set("cart", [1]));
    const { session } = await visit(make<Shop>(options), header);
    expect(session.get("cart")).toEqual([1]);
    expect(rejected).toEqual([]);
  });

  test("a key of another is refused", async () => {
    const { rejected } = await opened(await cookieWith({ cart: [1], admin: true }), { validate });
    expect(rejected).toHaveLength(1);
  });
});

describe("onRejected", () => {
  const rejectionsOf = async (header: string, options: Partial<SessionOptions> = {}) => {
    const rejected: Rejection[] = [];
    const sessions = make({ ...options, onRejected: (why) => rejected.push(why) });
    const { session } = await visit(sessions, header, (opening) => opening.get("a"));
    expect(session.size).toBe(0);
    return rejected;
  };

  test("is called once, by who opens it, with a code and neither secret nor cookie", async () => {
    const header = await headerAfter(make(), (session) => session.set("a", "the content"));
    const tampered = header.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    const [rejection, ...more] = await rejectionsOf(tampered);
    expect(more).toEqual([]);
    expect(rejection).toMatchObject({ ok: false, code: "bad-signature", message: expect.any(String) });
    expect(JSON.stringify(rejection)).not.toContain(SECRET);
    expect(JSON.stringify(rejection)).not.toContain(tampered.slice(10, 40));
  });

  test("is not called for a session that nobody opens, nor for no session", async () => {
    const rejected: Rejection[] = [];
    const sessions = make({ onRejected: (why) => rejected.push(why) });
    await visit(sessions, "sessionid=garbage:of:some");
    await visit(sessions, undefined, (session) => session.get("a"));
    await visit(sessions, "sessionid=short", (session) => session.get("a"));
    expect(rejected).toEqual([]);
  });

  test.each<[string, Partial<SessionOptions>]>([
    ["expired", { now: () => 1_710_000_000 + 1_209_601 }],
    ["bad-signature", { secret: "another" }],
    ["bad-signature", { salt: "another" }],
    ["bad-signature", { backend: "django-cookie-sessions" }],
  ])("%s", async (code, options) => {
    const header = await headerAfter(make(), (session) => session.set("a", 1));
    expect(await rejectionsOf(header, options)).toMatchObject([{ code }]);
  });

  test("the visitor is none the wiser", async () => {
    const session = await make().open("sessionid=garbage:of:some");
    expect(session.get("a")).toBeUndefined();
    session.set("a", 1);
    expect(session.entries()).toEqual([["a", 1]]);
  });
});
