/**
 * Requests a second and latency of servers that keep sessions in different ways, beside a bare one that is sent the
 * same cookie. All run at once and are asked in turns, so that whatever else the machine does hits all alike.
 *
 *   npm run build && npm ci --prefix bench/http && node bench/http/run.mjs [rounds]
 *
 * Needs a redis-server for the row with Redis; without one that row is left out, and said so.
 */
import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";

const ROUNDS = Number(process.argv[2] ?? 7);
const SECONDS = 1;
const CONNECTIONS = 10;
/** Of a bare server's requests; of the latency with Redis. */
const TARGETS = { throughput: 0.85, latency: 0.45 };

const REDIS = "express-session, Redis";
const KINDS = ["bare", "cookiesess", "cookie-session", "iron-session", "express-session, memory", REDIS];

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

async function startRedis() {
  try {
    execFileSync("redis-server", ["--version"]);
  } catch {
    return undefined;
  }
  const port = await freePort();
  const options = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", options.map(String), { stdio: "ignore" });
  await sleep(500);
  return { port, child };
}

async function startServer(kind, redisPort) {
  const program = fileURLToPath(new URL("server.mjs", import.meta.url));
  const child = fork(program, [kind, String(redisPort)]);
  const [{ port }] = await once(child, "message");
  const url = `http://127.0.0.1:${port}`;
  const login = await fetch(`${url}/login`);
  const cookie = login.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  return { kind, child, url, cookie, rates: [], latencies: [] };
}

/** Requests a second over several connections. */
async function load({ url, cookie }) {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { cookie },
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} refused`);
  return result.requests.total / result.duration;
}

/**
 * Microseconds from a request to its answer, one after the other on one connection. Over a bare socket: a client that
 * does more is most of what it measures. Every answer has as many bytes as the first.
 */
async function askAlone({ url, cookie }) {
  const { hostname, port, host } = new URL(url);
  const socket = connect(port, hostname).setNoDelay();
  await once(socket, "connect");
  const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`;
  socket.write(request);
  // express-session sends the last byte apart.
  let first = "";
  while (!first.endsWith('{"user":"1"}')) {
    const [chunk] = await once(socket, "data");
    first += chunk.toString("latin1");
    if (!first.startsWith("HTTP/1.1 200 OK")) throw new Error(`${url}: refused`);
  }
  const start = performance.now();
  const end = start + 1000 * SECONDS;
  let answers = 0;
  let missing = first.length;
  await new Promise((resolve) => {
    socket.on("data", ({ length }) => {
      missing -= length;
      if (missing > 0) return;
      answers++;
      if (performance.now() >= end) resolve();
      missing = first.length;
      socket.write(request);
    });
    socket.write(request);
  });
  socket.destroy();
  return (1000 * (performance.now() - start)) / answers;
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
/** Median over the rounds of a server's figure by another's of the same round. */
const ratio = (values, others) => median(values.map((value, round) => value / others[round]));

const redis = await startRedis();
if (redis === undefined) console.log("no redis-server: its row is left out");
const servers = [];
for (const kind of KINDS) if (kind !== REDIS || redis) servers.push(await startServer(kind, redis?.port));
const [bare, ours] = servers;
bare.cookie = ours.cookie;

for (let round = -1; round < ROUNDS; round++) {
  for (const server of servers) {
    const rate = await load(server);
    const latency = await askAlone(server);
    if (round < 0) continue;
    server.rates.push(rate);
    server.latencies.push(latency);
  }
}

const row = (cells) => cells.map((cell, index) => (index ? cell.padStart(16) : cell.padEnd(26))).join("");
console.log(`Node ${process.versions.node}, ${ROUNDS} rounds; a session of 174 bytes of JSON\n`);
console.log(row(["", "requests/s", "of a bare one", "one alone, us"]));
for (const { kind, rates, latencies } of servers) {
  const share = `${Math.round(100 * ratio(rates, bare.rates))} %`;
  console.log(
    row([kind, Math.round(median(rates)).toLocaleString("en-US"), share, median(latencies).toFixed(0)]),
  );
}
const share = ratio(ours.rates, bare.rates);
console.log(
  `\ncookiesess keeps ${Math.round(100 * share)} % of a bare server's requests, target ${100 * TARGETS.throughput} %`,
);
const slow = servers.find(({ kind }) => kind === REDIS);
if (slow !== undefined) {
  const part = ratio(ours.latencies, slow.latencies);
  console.log(
    `its latency is ${Math.round(100 * part)} % of that with Redis, target at most ${100 * TARGETS.latency} %`,
  );
}
for (const { child } of servers) child.disconnect();
redis?.child.kill();
