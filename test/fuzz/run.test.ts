import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createCodec } from "../../src/index.ts";
import { run } from "../cli/io.ts";
import { NOW, SECRET } from "./support.ts";

const codec = createCodec({ format: "django", secret: SECRET });
const value = codec.sign({ user: "ada" }, { now: NOW });

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function attack(listener: RequestListener, ...more: readonly string[]) {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const argv = ["fuzz", "--url", `http://127.0.0.1:${port}/`, "--cookie", `sessionid=${value}`];
  const { code, stdout, stderr } = await run([...argv, "--seed", "3", "--json", ...more], { now: NOW + 60 });
  return { code, stderr, report: stdout === "" ? undefined : JSON.parse(stdout) };
}

/** The session's value in a request. */
function sessionOf(header: string | undefined): string {
  return /sessionid=([^;]*)/.exec(header ?? "")?.[1] ?? "";
}

const isGenuine = (header: string | undefined) => codec.verify({ value: sessionOf(header) }, { now: NOW }).ok;

describe("a server that does not survive", () => {
  test("the cookie it died of is told", async () => {
    const { code, report } = await attack((request, response) => {
      const session = sessionOf(request.headers.cookie);
      if (session.endsWith(":")) {
        server?.close();
        server?.closeAllConnections();
        return;
      }
      response.statusCode = isGenuine(request.headers.cookie) ? 200 : 401;
      response.end();
    });
    expect(code).toBe(1);
    expect(report.stopped).toBe("gone");
    const emptied = { code: "server-error", attack: "integrity/no-signature", note: "emptied" };
    expect(report.findings).toContainEqual(expect.objectContaining(emptied));
  }, 30_000);

  test("a session that ends with the attack is lost", async () => {
    let requests = 0;
    const { code, report } = await attack(
      (request, response) => {
        requests++;
        response.statusCode = requests < 100 && isGenuine(request.headers.cookie) ? 200 : 401;
        response.end();
      },
      "--max-requests",
      "200",
    );
    expect(code).toBe(1);
    expect(report.findings).toMatchObject([{ code: "session-lost", severity: "medium" }]);
  });
});

test("one slow answer of a busy machine is no finding, a cookie that is slow each time is", async () => {
  let once = false;
  const { report } = await attack(
    (request, response) => {
      const session = sessionOf(request.headers.cookie);
      const isAlwaysSlow = session.endsWith(":");
      const wait = isAlwaysSlow || (!once && session.length < 20) ? 1200 : 0;
      if (wait > 0 && !isAlwaysSlow) once = true;
      response.statusCode = isGenuine(request.headers.cookie) ? 200 : 401;
      setTimeout(() => response.end(), wait);
    },
    "--only",
    "integrity/no-signature,structure/empty",
  );
  const slow = report.findings.filter(({ code }: { code: string }) => code === "slow");
  expect(slow).toMatchObject(
    [{ attack: "integrity/no-signature", note: "emptied" }, {}].slice(0, slow.length),
  );
  expect(slow.length).toBeGreaterThan(0);
}, 60_000);
