import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { certificate } from "./certificate.ts";
import { FORGED, failure, GENUINE, serve, simple, target } from "./servers.ts";

async function serveSecurely(): Promise<number> {
  const server = createServer(certificate, simple).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

test("a developer's own certificate is good enough on this machine", async () => {
  const attacked = target(`https://localhost:${await serveSecurely()}/me`);
  await attacked.learn(GENUINE);
  expect((await attacked.send(GENUINE)).verdict).toBe("accepted");
  expect((await attacked.send({ header: `${FORGED.header}\0\xff` })).verdict).toBe("refused");
  expect(attacked.reproduce({ header: "a=1" })).toMatch(/^curl -k -b 'a=1' https:/);
});

test("it is not on another one", async () => {
  const url = `https://0.0.0.0:${await serveSecurely()}/me`;
  const { message } = await failure(target(url, { authorizedHosts: ["0.0.0.0"] }).learn(GENUINE));
  expect(message).toMatch(/^https:\/\/0\.0\.0\.0:\d+ does not answer \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/);
});

test("a server without encryption does not answer", async () => {
  const { port } = await serve(simple);
  const { message } = await failure(target(`https://127.0.0.1:${port}/`).learn(GENUINE));
  expect(message).toMatch(/does not answer \((?:EPROTO|ERR_SSL_\w+)\)$/);
});
