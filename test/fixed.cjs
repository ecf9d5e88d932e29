/** Makes what a command prints repeatable: the clock stands at $NOW, and random bytes count up from its day. */
const now = Date.parse(process.env.NOW);
if (Number.isNaN(now)) throw new Error("NOW is no ISO 8601 date");
Date.now = () => now;

let next = Math.floor(now / 86_400_000);
process.getBuiltinModule("node:crypto").randomBytes = (length) =>
  Buffer.from(Array.from({ length }, () => next++ % 256));
