import { describe, expect, test } from "vitest";
import { app, FORGED, GENUINE, isGenuine, serve, simple, target, text } from "./servers.ts";

describe("what answers show", () => {
  const secret = 'it\'s <a> & "secret" of 42';
  const secrets = [Buffer.from(secret)];

  async function shown(page: string | ((sent: string) => string), headers: Record<string, string> = {}) {
    const { url } = await serve((request, response) => {
      const sent = request.headers.cookie ?? "";
      if (sent === "" || isGenuine(sent)) return simple(request, response);
      response.writeHead(400, headers).end(typeof page === "string" ? page : page(sent));
    });
    const attacked = target(url, { secrets });
    await attacked.learn(GENUINE);
    return (await attacked.send(FORGED)).reflects;
  }

  test.each([
    ["as it is", secret],
    ["in a page, as Python escapes it", "it&#x27;s &lt;a&gt; &amp; &quot;secret&quot; of 42"],
    ["in a page, as Jinja escapes it", "it&#39;s &lt;a&gt; &amp; &#34;secret&#34; of 42"],
    ["in a text node", 'it\'s &lt;a&gt; &amp; "secret" of 42'],
    ["in JSON", JSON.stringify({ secret })],
    ["in a URL", encodeURIComponent(secret)],
    ["in base64", `x${btoa(secret)}`],
    ["in hexadecimal", Buffer.from(secret).toString("hex")],
  ])("the secret %s", async (_where, page) => {
    expect(await shown(`<p>${page}</p>`)).toBe("the secret");
  });

  test("the secret in a header", async () => {
    expect(await shown("", { "X-Debug": `key ${secret}` })).toBe("the secret");
  });

  test.each([
    ["as it is", (sent: string) => `bad cookie ${sent}`],
    ["by its end", (sent: string) => `bad signature ${sent.slice(-16)}`],
  ])("the cookie %s", async (_how, page) => {
    expect(await shown(page)).toBe("the cookie");
  });

  test("less of it is nothing", async () => {
    expect(await shown((sent) => `bad signature ${sent.slice(-15)}`)).toBeUndefined();
  });

  test("neither is what the server sets as a cookie", async () => {
    expect(await shown("Log in", { "Set-Cookie": `old=${FORGED.header.slice(8)}` })).toBeUndefined();
  });

  test("nor a short secret that is a word of the page", async () => {
    const { url } = await serve(app(text("Hello alice, keep it secret"), text("Log in, keep it secret")));
    const attacked = target(url, { secrets: [Buffer.from("secret"), Buffer.from("it")] });
    await attacked.learn(GENUINE);
    expect((await attacked.send(FORGED)).reflects).toBeUndefined();
  });
});
