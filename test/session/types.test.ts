/** What must compile and what must not: `tsc` decides, and an expected error that is none fails it too. */
import Keyv from "keyv";
import * as v from "valibot";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import {
  createSessions,
  keyvRevocation,
  type Session,
  type SessionOptions,
  type Sessions,
} from "../../src/session/index.ts";
import { make, SECRET } from "./support.ts";

interface Shop {
  cart: number[];
  user?: { id: string };
}

const openShop = async (): Promise<Session<Shop>> => make<Shop>().open(undefined);

describe("Session<{ cart: number[] }>", () => {
  test("values have the types of their keys", async () => {
    const session = await openShop();
    expectTypeOf(session.get("cart")).toEqualTypeOf<number[] | undefined>();
    expectTypeOf(session.get("cart", [])).toEqualTypeOf<number[] | never[]>();
    expectTypeOf(session.get("cart", "none")).toEqualTypeOf<number[] | string>();
    expectTypeOf(session.pop("cart")).toEqualTypeOf<number[] | undefined>();
    expectTypeOf(session.pop("cart", null)).toEqualTypeOf<number[] | null>();
    expectTypeOf(session.setDefault("cart", [])).toEqualTypeOf<number[]>();
    expectTypeOf(session.keys()).toEqualTypeOf<("cart" | "user")[]>();
    expectTypeOf(session.values()).toEqualTypeOf<(number[] | { id: string } | undefined)[]>();
    expectTypeOf(session.decode("")).toEqualTypeOf<Partial<Shop>>();
    expect(session.set("cart", [1]).get("cart")).toEqual([1]);
  });

  test("other keys and values do not compile", async () => {
    const session = await openShop();
    // @ts-expect-error a value may be missing
    const cart: number[] = session.get("cart");
    expect(cart).toBeUndefined();
    // @ts-expect-error there is no such key
    session.get("basket");
    // @ts-expect-error there is no such key
    session.set("basket", [1]);
    // @ts-expect-error not a list
    session.set("cart", 1);
    // @ts-expect-error not numbers
    session.set("cart", ["one"]);
    // @ts-expect-error not numbers
    session.setDefault("cart", ["one"]);
    // @ts-expect-error there is no such key
    session.has("basket");
    // @ts-expect-error there is no such key
    session.delete("basket");
    // @ts-expect-error not a list
    session.update({ cart: 1 });
    // @ts-expect-error there is no such key
    session.update({ basket: [1] });
  });

  test("the key and the request's cookies are read-only", async () => {
    const session = await openShop();
    const rekey = () => {
      // @ts-expect-error `save` signs a new one
      session.sessionKey = "12345678";
    };
    expect(rekey).toThrow(TypeError);
    // @ts-expect-error a ReadonlyMap
    expect(() => session.sent.delete("")).not.toThrow();
  });

  test("an expiry is seconds, a Date or null", async () => {
    const session = await openShop();
    session.setExpiry(60);
    session.setExpiry(new Date());
    session.setExpiry(null);
    // @ts-expect-error a text is none
    expect(() => session.setExpiry("2024-05-06")).toThrow(TypeError);
  });
});

describe("the type of the data", () => {
  test("is anything that JSON holds where nobody said more", async () => {
    const session = await make().open(undefined);
    session.set("anything", { nested: [1, "two", null, 3n] });
    // @ts-expect-error no value of JSON
    session.set("anything", () => 1);
    expectTypeOf(session.has).parameter(0).toEqualTypeOf<string>();
    expect(session.size).toBe(1);
  });

  test("comes from the schema", () => {
    const shop = { cart: z.array(z.number()), user: z.object({ id: z.string() }).optional() };
    const byZod = createSessions({ secret: SECRET, validate: z.object(shop) });
    expectTypeOf(byZod).toExtend<Sessions<{ cart: number[]; user?: { id: string } | undefined }>>();
    const byValibot = createSessions({ secret: SECRET, validate: v.object({ cart: v.array(v.number()) }) });
    expectTypeOf(byValibot).toExtend<Sessions<{ cart: number[] }>>();
    expect([byZod, byValibot]).toHaveLength(2);
  });

  test("and the schema is of that type", () => {
    const options = { secret: SECRET, validate: z.object({ cart: z.array(z.string()) }) };
    // @ts-expect-error texts in place of numbers
    expect(createSessions<Shop>(options)).toBeTypeOf("object");
  });

  test("without revocation a session is there at once", () => {
    const sessions = createSessions<Shop>({ secret: SECRET });
    expectTypeOf(sessions.open(undefined)).toEqualTypeOf<Session<Shop>>();
    const revoking = createSessions<Shop>({ secret: SECRET, revocation: keyvRevocation(new Keyv()) });
    expectTypeOf(revoking.open(undefined)).toEqualTypeOf<Session<Shop> | Promise<Session<Shop>>>();
    expect(sessions.open(undefined).isEmpty()).toBe(true);
  });

  test("options on their own are for the default", () => {
    const options: SessionOptions = { secret: SECRET };
    expectTypeOf(createSessions(options)).toEqualTypeOf<Sessions>();
    // @ts-expect-error one of the three
    expect(() => createSessions({ ...options, sameSite: "lax" })).toThrow(TypeError);
    // @ts-expect-error there is no session without a secret
    expect(() => createSessions({})).toThrow(TypeError);
  });

  test("a session of one type is not committed as another", async () => {
    const session = await openShop();
    // @ts-expect-error the carts differ
    expect(make<{ cart: string }>().commit(session, 200).setCookies).toEqual([]);
  });
});
