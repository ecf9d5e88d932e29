import * as platform from "#platform";
import type { Guide } from "../../core/guide.ts";
import { parseJson } from "../../encoding/js-json.ts";
import { KEYGRIP_ENCODINGS } from "../../schemes/keygrip.ts";
import type { CookieSessionBody, CookieSessionDetail } from "../cookie-session.ts";
import { advise, variations } from "./advice.ts";
import { describe } from "./describe.ts";
import type { CookieSessionOptions } from "./options.ts";
import { recognise } from "./recognise.ts";

const MAX_TEXT_DEPTH = 1_000;

export const guide: Guide<CookieSessionDetail, CookieSessionBody, CookieSessionOptions> = {
  settings: {
    secret: "SESSION_SECRET",
    fallbacks: "SESSION_SECRET_FALLBACKS",
    order: "newest-first",
    shape: { bytes: 32, encoding: "base64url" },
    signs: [
      {
        what: "sessions that nobody visits",
        effect: "they carry no time: only --force retires their secret",
      },
    ],
  },
  optionNames: ["name", "algorithm", "encoding"],
  flags: [
    {
      flag: "--encoding <encoding>",
      description: "Keygrip's encoding of the signature",
      commands: ["verify", "sign"],
      sets: "encoding",
      choices: KEYGRIP_ENCODINGS,
    },
  ],

  recognise,
  parseText: (text) => parseJson(text, { maxDepth: MAX_TEXT_DEPTH, respell: true }),
  tries: ({ algorithm, encoding }) => `${algorithm} in ${encoding}`,
  describe,
  variations,
  advise,
  equivalent: ({ detail: one }, { detail: other }) =>
    one.name === other.name && one.value === other.value && one.signature === other.signature,
  bodyOf: (serialized, _options, compression) =>
    compression === "deflated" ? undefined : { value: platform.base64(serialized) },
};
