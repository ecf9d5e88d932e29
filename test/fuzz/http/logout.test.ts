import { describe, expect, test } from "vitest";
import { failure, GENUINE, serve, target } from "./servers.ts";

describe("logging out", () => {
  const recording = async (status: number) => {
    const asked: string[] = [];
    const { url, port } = await serve((request, response) => {
      const { cookie: sent, origin } = request.headers;
      asked.push(`${request.method} ${request.url} ${sent} ${origin}`);
      response.writeHead(status).end();
    });
    return { asked, url, port, logoutUrl: `http://127.0.0.1:${port}/logout?x=1` };
  };

  test("asks for the address with the genuine cookie", async () => {
    const { url, asked, logoutUrl } = await recording(302);
    await target(url, { logoutUrl, otherCookies: "a=1" }).logOut?.(GENUINE);
    expect(asked).toEqual([`GET /logout?x=1 a=1; ${GENUINE.header} undefined`]);
  });

  test("a POST comes from the site itself", async () => {
    const { url, port, asked, logoutUrl } = await recording(200);
    await target(url, { logoutUrl, logoutMethod: "post" }).logOut?.(GENUINE);
    expect(asked).toEqual([`POST /logout?x=1 ${GENUINE.header} http://127.0.0.1:${port}`]);
  });

  test("that is refused is an error", async () => {
    const { url, logoutUrl } = await recording(403);
    const attacked = target(url, { logoutUrl });
    const { message } = await failure(Promise.resolve(attacked.logOut?.(GENUINE)));
    expect(message).toBe("the logout failed: 403, 0 B");
  });

  test("without an address there is none", () => {
    expect("logOut" in target("http://127.0.0.1/")).toBe(false);
  });
});
