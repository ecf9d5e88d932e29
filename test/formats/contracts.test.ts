import { type Line, readLines, runContract } from "../contract.ts";

/** The fixtures of Flask and of cookie-session under the contract that every format keeps. */

interface FlaskLine extends Pick<Line, "id" | "producer" | "secretHex" | "now" | "maxAge"> {
  readonly verdict: Line["verdict"] | "bad-payload";
  readonly flask: string;
  readonly itsdangerous: string;
  readonly cookie: string;
  readonly fallbackHexes?: readonly string[];
  readonly fallbacks: readonly string[];
  readonly salt: string;
  readonly keyDerivation: string;
  readonly digest: string;
  readonly issuedAt: number | null;
  readonly json?: string;
}

/** JSON in which nothing is tagged is what the application gets. */
const isPlain = (json: string) => !json.includes('{" ');

function fromFlask(line: FlaskLine): Line {
  const { flask, itsdangerous, cookie, salt, keyDerivation, digest, issuedAt, json, verdict, ...rest } = line;
  const release = (version: string) => version.split(".").slice(0, 2).join(".");
  return {
    ...rest,
    options: { version: release(flask), itsdangerous: release(itsdangerous), salt, keyDerivation, digest },
    fallbacks: [],
    name: "session",
    value: cookie,
    verdict: verdict === "bad-payload" ? "malformed" : verdict,
    ...(issuedAt !== null && { issuedAt: Math.floor(issuedAt) }),
    ...(json !== undefined && isPlain(json) && { payload: json }),
  };
}

for (const release of ["0.10.1", "1.0.2", "1.1.2", "2.2.2", "3.1.3"]) {
  const lines = readLines<FlaskLine>(`flask/sessions-${release}.jsonl`).filter(
    ({ fallbacks }) => fallbacks.length === 0,
  );
  runContract(`Flask ${release}`, lines.map(fromFlask), {
    format: "flask",
    keeps: (before, after) => payloadPart(before) === payloadPart(after),
  });
}

function payloadPart(value: string): string {
  return value.split(".").slice(0, -2).join(".");
}

interface CookieSessionLine extends Pick<Line, "id" | "producer"> {
  readonly name: string;
  readonly keys: readonly [string, ...string[]];
  readonly algorithm: string;
  readonly encoding: string;
  readonly session: string;
  readonly cookies: Readonly<Record<string, string>>;
}

function fromCookieSession({
  name,
  keys,
  algorithm,
  encoding,
  session,
  cookies,
  ...rest
}: CookieSessionLine): Line {
  const [secret, ...fallbacks] = keys;
  return {
    ...rest,
    options: { name, algorithm, encoding },
    secret,
    fallbacks,
    name,
    value: cookies[name] ?? "",
    siblings: cookies,
    now: 0,
    verdict: "valid",
    payload: ascii(session),
  };
}

/** As Python writes it, which is how the contract compares. */
function ascii(json: string): string {
  return json.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

runContract(
  "cookie-session",
  readLines<CookieSessionLine>("cookie-session/minted.jsonl").map(fromCookieSession),
  { format: "cookie-session", keeps: (before, after) => before === after },
);
