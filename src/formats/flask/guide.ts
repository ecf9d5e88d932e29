import * as platform from "#platform";
import type { Guide } from "../../core/guide.ts";
import { ok } from "../../core/result.ts";
import { readTaggedJson } from "../../encoding/flask-json.ts";
import { decodePythonBase64 } from "../../encoding/python-base64.ts";
import { fromTyped } from "../../encoding/typed-json.ts";
import { encodeUrlSafe, KEY_DERIVATIONS, type TimedLayout } from "../../schemes/itsdangerous.ts";
import { advise, salts, timeVariations, variations } from "./advice.ts";
import { describe } from "./describe.ts";
import { eraOf, type FlaskOptions } from "./options.ts";
import { recognise } from "./recognise.ts";

/** Deepest payload that a person may spell. */
const TEXT_DEPTH = 1000;

export const guide: Guide<TimedLayout, string, FlaskOptions> = {
  settings: {
    secret: "SECRET_KEY",
    fallbacks: "SECRET_KEY_FALLBACKS",
    // itsdangerous takes its newest key last.
    order: "newest-last",
    shape: { bytes: 32, encoding: "base64url" },
    signs: [
      {
        what: "Flask-WTF CSRF tokens",
        effect: "refused: its forms look at SECRET_KEY alone; they live an hour",
      },
      { what: "tokens of extensions", effect: "those that read SECRET_KEY alone are refused" },
    ],
  },
  optionNames: ["version", "itsdangerous", "name", "salt", "keyDerivation", "digest", "algorithm", "sep"],
  flags: [
    {
      flag: "--flask <version>",
      description: "Flask's version, 0.10 to 3.1",
      commands: ["decode", "verify", "sign"],
      sets: "version",
    },
    {
      flag: "--itsdangerous <version>",
      description: "the itsdangerous underneath, where it is not the one of that Flask's time",
      commands: ["decode", "verify", "sign"],
      sets: "itsdangerous",
    },
    {
      flag: "--key-derivation <name>",
      description: "how the signing key is made of secret and salt",
      commands: ["verify", "sign"],
      sets: "keyDerivation",
      choices: KEY_DERIVATIONS,
    },
    {
      flag: "--digest <name>",
      description: "the hash under the HMAC, by its hashlib name",
      commands: ["verify", "sign"],
      sets: "digest",
    },
  ],
  recognise,
  parseText(text, options) {
    const value = readTaggedJson(text, eraOf(options), { maxDepth: TEXT_DEPTH, respell: true });
    return value.ok ? ok(fromTyped(value.value)) : value;
  },
  describe,
  tries(options) {
    const { salt, keyDerivation, digest } = options;
    const older = eraOf(options).acceptsSha512 ? ", then django-concat × sha512" : "";
    return `salt "${salt}" × ${keyDerivation} × ${digest}${older}`;
  },
  variations,
  timeVariations,
  salts,
  advise,
  /** itsdangerous compares the bytes of a signature. */
  equivalent: ({ detail: one }, { detail: other }) =>
    one.signed === other.signed && sameBytes(one.signature, other.signature),
  bodyOf: (serialized, _options, compression) =>
    compression === "deflated" ? `.${platform.base64url(serialized)}` : encodeUrlSafe(serialized),
  trusts: {
    "not-an-object": "SecureCookieSession is made of whatever was signed, and fails when that is no dict",
    unreadable:
      "SecureCookieSessionInterface catches BadSignature, and not the BadPayload of what was signed",
  },
};

function sameBytes(one: string, other: string): boolean {
  const [some, others] = [decodePythonBase64(one), decodePythonBase64(other)];
  return some !== undefined && others !== undefined && platform.equal(some, others);
}
