import type { Platform } from "../../src/platform/provider.ts";
import type { FormatVectors } from "./formats.ts";
import type { Line } from "./line.ts";

interface FlaskLine extends Pick<Line, "id" | "producer" | "secretHex" | "now" | "maxAge"> {
  readonly verdict: Line["verdict"] | "bad-payload";
  readonly flask: string;
  readonly itsdangerous: string;
  readonly cookie: string;
  readonly fallbacks: readonly string[];
  readonly salt: string;
  readonly keyDerivation: string;
  readonly digest: string;
  readonly minted: boolean;
  readonly issuedAt: number | null;
  readonly json?: string;
}

/** JSON in which nothing is tagged is what the application gets. */
const isPlain = (json: string) => !json.includes('{" ');

/** Tags are minted again where the cookie shows their bytes: Werkzeug does not read each date back as it wrote it. */
const isRepeatable = ({ cookie, json = "" }: FlaskLine) => isPlain(json) || !cookie.startsWith(".");

function toLine(line: FlaskLine): Line {
  const { flask, itsdangerous, cookie, salt, keyDerivation, digest } = line;
  const { minted, issuedAt, json, verdict, ...rest } = line;
  const release = (version: string) => version.split(".").slice(0, 2).join(".");
  return {
    ...rest,
    options: { version: release(flask), itsdangerous: release(itsdangerous), salt, keyDerivation, digest },
    name: "session",
    value: cookie,
    verdict: verdict === "bad-payload" ? "malformed" : verdict,
    mint: minted && isRepeatable(line),
    ...(issuedAt !== null && { issuedAt: Math.floor(issuedAt) }),
    ...(json !== undefined && isPlain(json) && { payload: json }),
  };
}

const withoutSignature = (value: string) => value.split(".").slice(0, -1).join(".");
const payloadPart = (value: string) => value.split(".").slice(0, -2).join(".");

/** The payload's JSON and the timestamp; a compressed payload begins with a point. */
function inflated(value: string, platform: Platform): string {
  const [signature, timestamp, payload = "", point] = value.split(".").reverse();
  const bytes = platform.fromBase64(payload) ?? new Uint8Array();
  const data = point === undefined ? bytes : platform.inflate(bytes, 1_000_000);
  if (!(data instanceof Uint8Array) || signature === undefined) return withoutSignature(value);
  return `${platform.latin1(data)}.${timestamp}`;
}

export const flask: FormatVectors = {
  files: /^sessions-/,
  toLine,
  contract: {
    format: "flask",
    alike: (ours, theirs, platform) =>
      theirs.startsWith(".") && inflated(ours, platform) === inflated(theirs, platform),
    keeps: (before, after) => payloadPart(before) === payloadPart(after),
  },
};
