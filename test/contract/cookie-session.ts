import type { FormatVectors } from "./formats.ts";
import type { Line } from "./line.ts";

interface CookieSessionLine extends Pick<Line, "id" | "producer"> {
  readonly name: string;
  readonly keys: readonly [string, ...string[]];
  readonly algorithm: string;
  readonly encoding: string;
  readonly session?: string;
  /** What the middleware set. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** What the middleware was given, and its verdict. */
  readonly header?: string;
  readonly verdict?: Line["verdict"] | "bad-payload";
}

function toLine(line: CookieSessionLine): Line {
  const { id, producer, name, keys, algorithm, encoding, session, header, verdict = "valid" } = line;
  const [secret, ...fallbacks] = keys;
  const cookies = line.cookies ?? pairsOf(header ?? "");
  return {
    id,
    producer,
    options: { name, algorithm, encoding },
    secret,
    fallbacks,
    name,
    value: cookies[name] ?? "",
    siblings: cookies,
    now: 0,
    verdict: verdict === "bad-payload" ? "malformed" : verdict,
    mint: line.cookies !== undefined,
    ...(header !== undefined && { request: `Cookie: ${header}` }),
    ...(session !== undefined && { payload: JSON.stringify(JSON.parse(session)) }),
  };
}

/** As the middleware's own parser takes a header apart. */
function pairsOf(header: string): Readonly<Record<string, string>> {
  const pairs = header.split("; ").map((pair) => {
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    return [name, value.startsWith('"') ? value.slice(1, -1) : value];
  });
  return Object.fromEntries(pairs);
}

export const cookieSession: FormatVectors = {
  files: /^(minted|received)\./,
  toLine,
  contract: {
    format: "cookie-session",
    json: { read: JSON.parse, write: JSON.stringify },
    keeps: (before, after) => before === after,
  },
};
