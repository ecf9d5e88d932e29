import * as platform from "#platform";
import type { CookieFormat } from "../../core/format.ts";
import type { Guide } from "../../core/guide.ts";
import { DEFAULT_LIMITS } from "../../core/limits.ts";
import { ok, type Result } from "../../core/result.ts";
import { parsePythonJson } from "../../encoding/python-json.ts";
import type { Value } from "../../encoding/values.ts";
import { checkPassword, composeLogin } from "./auth.ts";
import { describe } from "./describe.ts";
import { flags } from "./flags.ts";
import { type DjangoKey, tries } from "./keys.ts";
import type { DjangoBody, DjangoDetail, Form } from "./layout.ts";
import { move } from "./move.ts";
import { type DjangoOptions, planOf } from "./options.ts";
import { encodeObject, leavesUncompressed, readPayload } from "./payload.ts";
import { pickles } from "./pickles.ts";
import { recognise } from "./recognise.ts";
import { settings } from "./settings.ts";
import { weakness } from "./strength.ts";
import { advise, salts, variations } from "./variations.ts";

type Django = CookieFormat<DjangoDetail, DjangoBody, DjangoKey, DjangoOptions>;

/** Also reads the pickled sessions that `django` alone leaves unread. */
export const guide: Guide<DjangoDetail, DjangoBody, DjangoOptions> & Pick<Django, "read"> = {
  optionNames: [
    "version",
    "backend",
    "name",
    "salt",
    "algorithm",
    "sep",
    "serializer",
    "compress",
    "keyPrefix",
    "legacySaltFallback",
  ],
  settings,
  flags,
  recognise,
  read: (opened, options, limits) => readPayload(opened, options, limits, pickles),
  parseText,
  resume: ({ body }, payload) =>
    payload.compressed ? { compress: true } : leavesUncompressed(body) ? { compress: false } : {},
  describe,
  tries,
  variations,
  salts,
  advise,
  compose: composeLogin,
  check: checkPassword,
  move,
  weakness,
  equivalent: (one, other) => sameForms(one.detail, other.detail),
  bodyOf: (serialized, options, compression) => ({
    layout: "signed",
    text:
      compression === "deflated"
        ? `.${platform.base64url(serialized)}`
        : encodeObject(serialized, planOf(options).compress),
    time: undefined,
  }),
  trusts: {
    "not-an-object": "SessionStore takes whatever was signed for the session, and fails when it has no keys",
    "wrong-types": "django.contrib.auth takes the types of its own keys for granted",
  },
};

function parseText(text: string, options: Readonly<DjangoOptions>): Result<Value> {
  if (planOf(options).serializer === "string") return ok(text);
  return parsePythonJson(text, { maxDepth: DEFAULT_LIMITS.maxDepth, respell: true });
}

/** Signatures are compared as text; what they cover, where it is encoded, is not. */
function sameForms(some: DjangoDetail, others: DjangoDetail): boolean {
  return (
    some.length === others.length &&
    some.every(({ message, signature }, index) => {
      const other = others[index];
      return signature === other?.signature && sameMessage(message, other.message);
    })
  );
}

function sameMessage(one: Form["message"], other: Form["message"]): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return platform.equal(one, other);
}
