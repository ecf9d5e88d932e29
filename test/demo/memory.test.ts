import { expect, test } from "vitest";
import { GivenCookies, Members, MemoryRevocation } from "../../src/demo/memory.ts";

test("a revoked id is remembered until its cookies have expired, and no longer", () => {
  let now = 1_000;
  const store = new MemoryRevocation(() => now);
  store.revoke("first", 100);
  now += 100;
  store.revoke("second", 100);
  expect(["first", "second", "third"].map((id) => store.isRevoked(id))).toEqual([true, true, false]);
  now += 61;
  store.revoke("third", 100);
  expect(["first", "second", "third"].map((id) => store.isRevoked(id))).toEqual([false, true, true]);
});

test("of all sessions the 10,000 that were seen last are known", () => {
  const members = new Members();
  for (let id = 0; id < 10_000; id++) members.add("ada", `id-${id}`);
  members.add("ada", "id-0");
  members.add("bob", "id-of-bob");
  const ids = members.take("ada");
  expect([ids.length, ids.includes("id-0"), ids.includes("id-1")]).toEqual([9_999, true, false]);
  expect(members.take("ada")).toEqual([]);
  expect(members.take("bob")).toEqual(["id-of-bob"]);
});

test("of all lines the newest 200 are known, by their value", () => {
  const given = new GivenCookies("sessionid");
  for (let value = 0; value < 201; value++)
    given.remember([`sessionid=v${value}; Path=/`, "other=v0; Path=/x"]);
  expect([given.lineOf("v0"), given.lineOf("v1")]).toEqual([undefined, "sessionid=v1; Path=/"]);
});
