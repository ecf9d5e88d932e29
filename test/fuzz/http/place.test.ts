import { describe, expect, test } from "vitest";
import { failure, GENUINE, serve, simple, target } from "./servers.ts";

describe("only this machine, and what is authorised", () => {
  test.each(["http://192.0.2.1/", "http://[2001:db8::1]/", "http://0.0.0.0/", "http://3221225985/"])(
    "%s is refused",
    async (url) => {
      const { message, hint } = await failure(target(url).learn(GENUINE));
      expect(message).toBe(`${new URL(url).hostname} is another machine`);
      expect(hint).toContain(`--authorized-host ${new URL(url).hostname}`);
    },
  );

  test("another host's authorisation does not count", async () => {
    const options = { authorizedHosts: ["192.0.2.1.example", "192.0.2.2", "0.2.1"] };
    const { message } = await failure(target("http://192.0.2.1/", options).learn(GENUINE));
    expect(message).toBe("192.0.2.1 is another machine");
  });

  test.each(["0.0.0.0", "0.0.0.0:PORT"])("authorised as %s it is attacked", async (host) => {
    const { port } = await serve(simple);
    const authorizedHosts = [host.replace("PORT", String(port))];
    const attacked = target(`http://0.0.0.0:${port}/`, { authorizedHosts });
    expect((await attacked.learn(GENUINE)).toldApartBy).toBe("the body");
  });

  test.each(["localhost", "127.0.0.1", "127.1", "[::ffff:127.0.0.1]"])("%s is this machine", async (host) => {
    const { port } = await serve(simple);
    const attacked = target(`http://${host}:${port}/`);
    expect((await attacked.learn(GENUINE)).toldApartBy).toBe("the body");
  });

  test("the logout must be on it too", async () => {
    const { url } = await serve(simple);
    const attacked = target(url, { logoutUrl: "http://192.0.2.1/logout" });
    const { message } = await failure(Promise.resolve(attacked.logOut?.(GENUINE)));
    expect(message).toBe("192.0.2.1 is another machine");
  });

  test.each([
    ["ftp://127.0.0.1/", "the target is no http or https URL"],
    ["127.0.0.1:8000", "the target is no http or https URL"],
    ["http://alice:secret@127.0.0.1/", "the URL holds a user name or password"],
  ])("%s is refused", (url, message) => {
    expect(() => target(url)).toThrow(message);
  });
});
