import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import type { Value, ValueObject } from "../../index.ts";
import { accepting, cut, type Fault, type Kit } from "./kit.ts";

/** Takes what is in a pickle for the session. It is read as data: nothing is built or run. */
export function pickleAccepted(kit: Kit): Fault {
  const codec = kit.codecWith({ serializer: "pickle" });
  return accepting(kit, ({ value }) => {
    const verified = codec.verify({ value }, { now: kit.now() });
    return verified.ok ? mint(kit, verified.payload, verified.issuedAt) : undefined;
  });
}

/** As much as this machine should bear. */
const MOST_INFLATED = 67_108_864;
const KEPT = [
  "user",
  "count",
  "cart",
  "_session_id",
  "_auth_user_id",
  "_auth_user_backend",
  "_auth_user_hash",
];

/** Inflates what the sound server would not, layer after layer, and goes on with the keys that the pages use. */
export function inflateWithoutLimit(kit: Kit): Fault {
  const codec = kit.codecWith({ maxInflated: MOST_INFLATED });
  return accepting(kit, ({ value, payload, timestamp, message }) => {
    if (kit.seal(message) !== value) return undefined;
    const innermost = kit.seal(`${unwrap(payload)}:${timestamp}`);
    const verified = codec.verify({ value: innermost }, { now: kit.now() });
    if (!verified.ok || !isRecord(verified.payload)) return undefined;
    const session = verified.payload as ValueObject;
    const kept = KEPT.filter((key) => Object.hasOwn(session, key)).map((key) => [key, session[key]]);
    return mint(kit, Object.fromEntries(kept), verified.issuedAt);
  });
}

/** What is in a compressed payload, itself as a compressed payload, for as long as it is one. */
function unwrap(payload: string): string {
  const inner = inflate(payload);
  return inner !== undefined && inflate(inner) !== undefined ? unwrap(inner) : payload;
}

function inflate(payload: string): string | undefined {
  if (!payload.startsWith(".")) return undefined;
  try {
    const bytes = inflateSync(Buffer.from(payload.slice(1), "base64url"), { maxOutputLength: MOST_INFLATED });
    return `.${bytes.toString("base64url")}`;
  } catch {
    return undefined;
  }
}

/** Decodes before it has checked anything, and catches nothing. */
export function crashOnBadBase64(): Fault {
  return {
    replace(values) {
      atob(base64Of(values));
      return undefined;
    },
  };
}

/** Looks into the payload before it has checked anything, and takes it for an object. */
export function crashOnNonObject(kit: Kit): Fault {
  return {
    replace(values) {
      const decoded = kit.codec.decode({ value: values.at(-1) ?? "" }, { now: kit.now() });
      if (decoded.ok && !isRecord(decoded.payload)) throw new TypeError("the session has no keys");
      return undefined;
    },
  };
}

/** Copies the payload key by key, so that `__proto__` gives the copy another prototype, and its keys with it. */
export function prototypePollution(kit: Kit): Fault {
  return {
    replace(values) {
      const verified = kit.codec.verify({ value: values.at(-1) ?? "" }, { now: kit.now() });
      if (!verified.ok || !isRecord(verified.payload)) return undefined;
      const session = verified.payload as ValueObject;
      if (!Object.hasOwn(session, "__proto__")) return undefined;
      const copy: Record<string, Value | undefined> = {};
      for (const key of Object.keys(session)) copy[key] = session[key];
      const inherited: Record<string, Value | undefined> = {};
      for (const key in copy) inherited[key] = copy[key];
      return mint(kit, inherited, verified.issuedAt);
    },
  };
}

function isRecord(value: Value): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function base64Of(values: readonly string[]): string {
  const { payload } = cut(values.at(-1) ?? "");
  return payload.replace(/^\./, "").replaceAll("-", "+").replaceAll("_", "/");
}

/** Undefined for what a session cannot hold. */
function mint(kit: Kit, payload: object | Value, issuedAt: number | null): string | undefined {
  try {
    return kit.codec.sign(payload, { now: issuedAt ?? kit.now() });
  } catch {
    return undefined;
  }
}
