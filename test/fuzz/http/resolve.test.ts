import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { beforeEach, expect, type Mock, test, vi } from "vitest";
import { failure, GENUINE, serve, simple, target } from "./servers.ts";

vi.mock("node:dns/promises");

const answer = lookup as unknown as Mock<() => Promise<LookupAddress[]>>;

beforeEach(() => {
  answer.mockReset();
});

test("a name is asked for once, and what it stood for then is attacked", async () => {
  answer.mockResolvedValueOnce([{ address: "127.0.0.1", family: 4 }]);
  answer.mockResolvedValue([{ address: "192.0.2.1", family: 4 }]);
  const { port, connections } = await serve(simple);
  const attacked = target(`http://shop.test:${port}/`);
  await attacked.learn(GENUINE);
  expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
  expect(connections()).toBe(1);
  expect(answer).toHaveBeenCalledTimes(1);
});

test.each([
  ["of another machine", [{ address: "192.0.2.1", family: 4 }]],
  [
    "of both",
    [
      { address: "127.0.0.1", family: 4 },
      { address: "192.0.2.1", family: 4 },
    ],
  ],
  [
    "of another one's IPv6",
    [
      { address: "::1", family: 6 },
      { address: "2001:db8::1", family: 6 },
    ],
  ],
])("a name %s is refused", async (_what, addresses) => {
  answer.mockResolvedValue(addresses);
  const { message } = await failure(target("http://localhost/").learn(GENUINE));
  expect(message).toBe("localhost is another machine");
});

test("the second address is tried when the first does not listen", async () => {
  answer.mockResolvedValue([
    { address: "127.0.0.2", family: 4 },
    { address: "127.0.0.1", family: 4 },
  ]);
  const { port } = await serve(simple);
  expect((await target(`http://localhost:${port}/`).learn(GENUINE)).toldApartBy).toBe("the body");
});

test("a name that has no address is an error", async () => {
  answer.mockRejectedValue(Object.assign(new Error("not found"), { code: "ENOTFOUND" }));
  const { message } = await failure(target("http://shop.test/").learn(GENUINE));
  expect(message).toBe("shop.test has no address (ENOTFOUND)");
});
