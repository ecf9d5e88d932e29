import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { createCodec } from "../../src/index.ts";
import "../../src/testing/vitest.ts";
import { cookieSession } from "../cli/fixtures.ts";
import { codec, failure, login, now, payload, stranger } from "./support.ts";

const { value } = login;

/** As Django's SessionMiddleware writes it. */
const line = `sessionid=${value}; expires=Sat, 01 Jun 2124 02:40:00 GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax`;
const csrf = "csrftoken=abc; Max-Age=31449600; Path=/; SameSite=Lax";
const attributes = { httpOnly: true, sameSite: "Lax", path: "/", maxAge: 1_209_600 } as const;

/** A real server's response, as the server and as a client have it. */
async function exchange(): Promise<{ response: ServerResponse; message: IncomingMessage; web: Response }> {
  let response: ServerResponse | undefined;
  const server = createServer((_request, answer) => {
    answer.setHeader("Set-Cookie", [csrf, line]).end();
    response ??= answer;
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const web = await fetch(url);
  const [message] = (await once(get(url), "response")) as [IncomingMessage];
  message.resume();
  server.closeAllConnections();
  server.close();
  return { response: response as ServerResponse, message, web };
}

describe("finds the session in", () => {
  const expected = { now, payload, attributes };

  test("what node:http sent and received, and what fetch did", async () => {
    const { response, message, web } = await exchange();
    for (const each of [response, message, web]) {
      expect(each).toSetSession(codec, expected);
      expect(each).not.toSetSession(stranger, { now });
    }
  });

  test("what Fastify's inject gives", async () => {
    const app = fastify();
    app.get("/one", async (_request, reply) => reply.header("set-cookie", line).send());
    app.get("/two", async (_request, reply) => reply.header("set-cookie", [line, csrf]).send());
    expect(await app.inject("/one")).toSetSession(codec, expected);
    expect(await app.inject("/two")).toSetSession(codec, expected);
  });

  test.each([
    ["lines", [csrf, line]],
    ["one line", line],
    ["lines with the header's name", [`Set-Cookie: ${line}`]],
    ["lines that were joined", new Headers({ "set-cookie": `${csrf}, ${line}` }).get("set-cookie")],
    ["headers in an object", { headers: { "set-cookie": [csrf, line] } }],
    ["headers in another case", { headers: { "Set-Cookie": line } }],
  ])("%s", (_what, response) => {
    expect(response).toSetSession(codec, expected);
  });
});

describe("cookie-session's two cookies", () => {
  const { header, secret, session } = cookieSession("object");
  const [first = "", second = ""] = header.split("; ");
  const express = createCodec({ format: "cookie-session", secret });

  test("are one session", () => {
    const lines = [`${first}; path=/; httponly`, `${second}; path=/; httponly`];
    const expected = { payload: JSON.parse(session), attributes: { path: "/", httpOnly: true } };
    expect(lines).toSetSession(express, expected);
    expect(lines.toReversed()).toSetSession(express, expected);
    expect(lines).not.toSetSession(express, { name: "session.sig" });
  });

  test("without the signature there is none", () => {
    const message = failure(() => expect([first]).toSetSession(express));
    expect(message).toContain('"session": companion-missing: the cookie session.sig,');
    expect([first, `${second}; Max-Age=0`]).not.toSetSession(express);
  });

  test("both must have the attributes", () => {
    const message = failure(() =>
      expect([`${first}; HttpOnly`, second]).toSetSession(express, { attributes: { httpOnly: true } }),
    );
    expect(message).toContain('"session.sig" has other attributes:');
    expect(message).toMatch(/^- +"httpOnly": true,\n\+ +"httpOnly": false,$/m);
    expect(message).not.toContain('"session" has');
  });
});

test("a value that the framework unquotes", () => {
  const messages = createCodec({ format: "django", secret: "s", backend: "messages", version: "3.1" });
  const [{ name, value: quoted }] = messages.mint([["__json_message", 0, 20, "Saved."]]);
  expect(quoted).toMatch(/^".*\\054.*"$/);
  expect([`${name}=${quoted}; Path=/`]).toSetSession(messages);
});

describe("attributes", () => {
  test("those that are not named do not count", () => {
    expect(line).toSetSession(codec, { now, attributes: {} });
    expect(line).toSetSession(codec, { now, attributes: { path: "/" } });
  });

  test("what is not there is false, or undefined", () => {
    const absent = { secure: false, partitioned: false, domain: undefined };
    expect(line).toSetSession(codec, { now, attributes: absent });
    expect(line).not.toSetSession(codec, { now, attributes: { secure: true } });
    expect(line).not.toSetSession(codec, { now, attributes: { sameSite: undefined } });
  });

  test("may be asymmetric", () => {
    expect(line).toSetSession(codec, { now, attributes: { maxAge: expect.any(Number) } });
    expect(line).not.toSetSession(codec, { now, attributes: { domain: expect.any(String) } });
  });

  test("a failure shows those that differ", () => {
    const message = failure(() =>
      expect([csrf, line]).toSetSession(codec, { now, attributes: { ...attributes, secure: true } }),
    );
    expect(message).toMatch(
      /^expect\(response\)\.toSetSession\(codec\)\n\n"sessionid" has other attributes:\n/,
    );
    expect(message).toMatch(/^- +"secure": true,\n\+ +"secure": false,$/m);
  });
});

describe("which cookie", () => {
  test("by its name", () => {
    const other = line.replace("sessionid", "staff");
    expect([other]).toSetSession(codec, { now, name: "staff" });
    expect([other]).not.toSetSession(codec, { now, name: "sessionid" });
    expect([other, csrf, line]).toSetSession(codec, { now, name: "sessionid" });
    expect(failure(() => expect([other, csrf]).toSetSession(codec, { now, name: "sessionid" }))).toContain(
      'It sets no cookie "sessionid", but "staff", "csrftoken".',
    );
  });

  test("the last one of the same name, domain and path, as in a browser", () => {
    const forged = line.replace(value, "forged");
    expect([forged, line]).toSetSession(codec, { now });
    expect([line, forged]).not.toSetSession(codec, { now });
    expect([line, forged.replace("Path=/", "Path=/admin")]).toSetSession(codec, { now });
  });

  test.each([
    ["Max-Age", "sessionid=; Max-Age=0; Path=/"],
    ["a date in the past", "sessionid=; expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"],
  ])("none that is deleted, by %s", (_how, deletion) => {
    expect([line, deletion]).not.toSetSession(codec, { now });
    expect(failure(() => expect([line, deletion]).toSetSession(codec, { now }))).toBe(
      'expect(response).toSetSession(codec)\n\nIt sets no cookie.\nIt deletes "sessionid".',
    );
    expect([deletion, line]).toSetSession(codec, { now });
  });

  test("Max-Age beats a date in the past", () => {
    const both = "expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60";
    expect([`sessionid=${value}; ${both}`]).toSetSession(codec, { now });
  });
});

describe("a failure says", () => {
  test("why each cookie is none", () => {
    expect(failure(() => expect([csrf, line]).toSetSession(stranger, { now }))).toBe(
      [
        "expect(response).toSetSession(codec)",
        "",
        "It sets no valid session.",
        '"csrftoken": bad-signature: there is no ":" in it, so it has no signature',
        '"sessionid": bad-signature: the signature does not match',
      ].join("\n"),
    );
  });

  test("that there is none", () => {
    expect(failure(() => expect(new Response()).toSetSession(codec))).toContain("It sets no cookie.");
  });

  test("how the payload differs", () => {
    const message = failure(() => expect(line).toSetSession(codec, { now, payload: { _auth_user_id: "7" } }));
    expect(message).toContain('"sessionid" is valid, with another payload:');
    expect(message).toMatch(/^- +"_auth_user_id": "7",$/m);
  });

  test("what it sets when it should not", () => {
    const message = failure(() => expect(line).not.toSetSession(codec, { now }));
    expect(message).toMatch(
      /^expect\(response\)\.not\.toSetSession\(codec\)\n\nIt sets "sessionid", valid under/,
    );
    expect(message).not.toContain(value);
    expect(message).not.toContain(login.secret);
  });
});

describe("misuse fails, negated too", () => {
  test.each([[undefined], [null], [42], [{}], [{ headers: null }]])("%j is no response", (received) => {
    const message = "the received value is no response";
    expect(failure(() => expect(received).toSetSession(codec))).toContain(message);
    expect(failure(() => expect(received).not.toSetSession(codec))).toContain(message);
  });

  test("a line that is no text", () => {
    expect(failure(() => expect([line, 7]).not.toSetSession(codec))).toContain(
      "a Set-Cookie line is no string",
    );
  });

  test("a misspelt option or attribute", () => {
    const httponly = { attributes: { httponly: true } } as object;
    expect(failure(() => expect(line).not.toSetSession(codec, httponly))).toContain(
      'unknown attribute "httponly"; one of domain, path,',
    );
    expect(failure(() => expect(line).not.toSetSession(codec, { cookie: "x" } as object))).toContain(
      'unknown option "cookie"',
    );
  });
});
