import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { reply, serveRaw, target } from "./servers.ts";

describe("the command that sends the same", () => {
  /** Runs it in bash and says what arrived. */
  async function replay(header: string, options: Parameters<typeof target>[1] = {}, path = "/me") {
    const { url, heads } = await serveRaw((socket) => {
      reply(socket, "");
      socket.end();
    });
    const command = target(new URL(path, url).href, options).reproduce({ header });
    if (command === undefined) throw new Error("there is no command");
    const child = spawn("bash", ["-c", `${command} -s --max-time 5`], { stdio: "ignore" });
    expect(await once(child, "close")).toEqual([0, null]);
    return { command, head: heads[0]?.toString("latin1") ?? "" };
  }

  test("a plain one can be read", () => {
    expect(target("http://127.0.0.1:8000/me?a=1").reproduce({ header: "a=1; b=it's" })).toBe(
      "curl -b 'a=1; b=it'\\''s' 'http://127.0.0.1:8000/me?a=1'",
    );
  });

  const odd = Array.from({ length: 255 }, (_, index) => String.fromCharCode(index + 1))
    .filter((char) => !/[\r\n]/.test(char))
    .join("");

  test.each([`a=${odd}0123`, "a=1", "nothing", "@a=1", "", "a='\"$(x)`y`\\; b=!"])(
    "%j arrives",
    async (header) => {
      const { head } = await replay(header);
      expect(head.split("\r\n")).toContain(header === "" ? "Cookie:" : `Cookie: ${header}`);
    },
  );

  test("it has method, headers and body, but no passwords", async () => {
    const { command, head } = await replay(
      "a=1",
      {
        method: "PATCH",
        data: "@x=Zoë's",
        headers: [
          ["X-Who", "it's me"],
          ["authorization", "Bearer abc"],
        ],
        otherCookies: "b=2",
      },
      "/me?ids[]={1}",
    );
    expect(command).not.toContain("abc");
    expect(head).toContain("PATCH /me?ids[]={1} HTTP/1.1\r\n");
    expect(head).toContain("\r\nCookie: b=2; a=1\r\n");
    expect(head).toContain("\r\nX-Who: it's me\r\n");
    expect(head).toContain("\r\nContent-Length: 9\r\n");
  });

  test("there is none for a NUL", () => {
    expect(target("http://127.0.0.1/").reproduce({ header: "a=\0" })).toBeUndefined();
  });
});
