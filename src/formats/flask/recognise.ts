import * as platform from "#platform";
import type { CookieInput } from "../../core/cookie.ts";
import type { Guess } from "../../core/guide.ts";
import { writeTaggedJson } from "../../encoding/flask-json.ts";
import { decodePythonBase64 } from "../../encoding/python-base64.ts";
import { parsePythonJson } from "../../encoding/python-json.ts";
import { isObject } from "../../encoding/values.ts";
import { decodeTimestamp, decodeUrlSafe, releaseOf, splitTimed } from "../../schemes/itsdangerous.ts";
import { digestByLength } from "./digest.ts";
import type { FlaskOptions } from "./options.ts";

/** 2011-01-01: before it, a timestamp was counted from it. */
const FIRST_SECOND = 1293840000;
const LAST_SECOND = 4102444800;
const FIRST_RELEASE = releaseOf("0.24");
const LIMIT = 1 << 20;

/** Unix seconds by either reckoning, and the Flask that reckons so. */
export function plausibleTime(timestamp: string): { version: "1.0" | "3.1"; seconds: number } | undefined {
  const offset = decodeTimestamp(timestamp, FIRST_RELEASE);
  if (offset === undefined) return undefined;
  const seconds = offset - FIRST_RELEASE.epoch;
  if (seconds >= FIRST_SECOND && seconds < LAST_SECOND) return { version: "3.1", seconds };
  const counted = offset >= FIRST_SECOND + 86400 && offset < 2 * FIRST_SECOND;
  return counted ? { version: "1.0", seconds: offset } : undefined;
}

/**
 * Three parts, a signature of a hash's length, a plausible time, and JSON as Flask writes it. Each that is
 * missing makes it less likely; without JSON and without time it is something else.
 */
export function recognise(input: CookieInput): readonly Guess<FlaskOptions>[] {
  const layout = splitTimed(input.value, ".");
  if (layout === undefined || layout.payload === "") return [];
  const payload = payloadLikeness(layout.payload);
  if (payload === "jwt") return [];
  const time = plausibleTime(layout.timestamp);
  const digest = digestByLength(decodePythonBase64(layout.signature)?.length ?? 0);
  if (payload < 0.3 && (time === undefined || digest === undefined)) return [];
  const likeness = payload - (time === undefined ? 0.3 : 0) - (digest === undefined ? 0.25 : 0);
  if (likeness < 0.2) return [];
  return [
    {
      likeness,
      options: {
        ...(digest !== undefined && digest !== "sha1" && { digest }),
        ...(time?.version === "1.0" && { version: "1.0" }),
      },
    },
  ];
}

function payloadLikeness(payload: string): number | "jwt" {
  const unpacked = decodeUrlSafe(payload, LIMIT);
  if (!unpacked.ok) return 0.25;
  const { serialized } = unpacked.value;
  const text = platform.utf8(serialized) ?? new TextDecoder().decode(serialized);
  const json = parsePythonJson(text, { maxDepth: 1000 });
  if (!json.ok) return 0.25;
  if (!isObject(json.value)) return 0.7;
  if (Object.hasOwn(json.value, "alg") && !payload.startsWith(".")) return "jwt";
  // Starlette's sessions have the same layout over padded base64 of JSON with spaces.
  if (/[=+/]/.test(payload)) return 0.6;
  return writeTaggedJson(json.value, { dictTag: false }) === text ? 0.95 : 0.8;
}
