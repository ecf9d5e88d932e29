/**
 * Attacks the codecs of every format with a million hostile cookies: no forgery is accepted, nothing is thrown, and
 * none takes 50 ms.
 *
 *   SEED=1 npx tsx test/interop/fuzz-self.ts [--cases 1000000]
 */
import { parseArgs } from "node:util";
import { fuzz } from "../../src/fuzz/index.ts";
import { type Codec, type CreateCodecOptions, createCodec, type FormatId } from "../../src/index.ts";
import { Dice } from "./random.ts";
import { Tally } from "./tally.ts";

const { values } = parseArgs({ options: { cases: { type: "string", default: "1000000" } } });
const wanted = Number(values.cases);
const dice = new Dice(Number(process.env.SEED ?? Date.now() % 2 ** 31));
/** Milliseconds that no cookie may take. */
const SLOW = 50;
/** Cases of one session. */
const EACH = 20_000;

type Options = { [Id in FormatId]: Omit<CreateCodecOptions<Id>, "secret"> }[FormatId];

const OPTIONS: readonly [Options, ...Options[]] = [
  { format: "django" },
  { format: "django", version: "3.2" },
  { format: "django", version: "2.2", serializer: "json" },
  { format: "django", backend: "signing" },
  { format: "django", backend: "session_data", serializer: "json" },
  { format: "django", backend: "session_data", version: "3.0", serializer: "json" },
  { format: "django", backend: "django-cookie-sessions", serializer: "json" },
  { format: "django", algorithm: "sha512" },
  { format: "flask" },
  { format: "flask", version: "1.0" },
  { format: "flask", digest: "sha512", keyDerivation: "django-concat" },
  { format: "cookie-session" },
  { format: "cookie-session", algorithm: "sha256", encoding: "hex" },
];

function payload(): Record<string, string | number | boolean | null | number[]> {
  const note = "x".repeat(dice.below(3) === 0 ? 300 : dice.below(7));
  return { user: String(dice.below(1e6)), admin: false, cart: dice.several(5, () => dice.below(100)), note };
}

const tally = new Tally();
const start = performance.now();
let sent = 0;
for (let round = 0; sent < wanted; round++) {
  const options = OPTIONS[round % OPTIONS.length] ?? OPTIONS[0];
  const secret = `${dice.below(2 ** 31)} a secret of its own ${dice.below(2 ** 31)}`;
  const codec: Codec = createCodec({ ...options, secret } as CreateCodecOptions<"django">);
  const seed = dice.below(2 ** 31);
  const { format, ...own } = options;
  const report = await fuzz(codec, {
    ...{ seed, secret, payload: payload(), options: own, slowFrom: SLOW },
    maxCases: Math.min(EACH, wanted - sent),
  });
  sent += report.cases;
  const what = `${JSON.stringify(options)}, seed ${seed}`;
  tally.check(report.cases > 1_000 || sent >= wanted, `${what}: only ${report.cases} cases`);
  const found = report.findings.map(({ code, id, note, observed }) => `${code} ${id} ${note} ${observed}`);
  tally.check(found.length === 0, `${what}: ${found.join("; ")}`);
}
const seconds = (performance.now() - start) / 1000;
console.log(
  `${sent.toLocaleString("en")} cases, seed ${dice.seed}, ${seconds.toFixed(1)} s: ${Math.round(sent / seconds)} a second`,
);
process.exitCode = tally.report("fuzz: every codec");
