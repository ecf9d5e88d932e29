import cookiesess = require("cookiesess");
import codecs = require("cookiesess/codec");
import formats = require("cookiesess/formats/cookie-session");

const codec: cookiesess.Codec = cookiesess.createCodec({ format: "cookie-session", secret: "s" });
const outcome: cookiesess.Verified | cookiesess.Failure = codec.verify("cookie");
export const text: string = outcome.ok ? outcome.format : outcome.code;
export const pairs: readonly cookiesess.CookiePair[] = codecs
  .createCodec(formats.cookieSession, { secret: "s" })
  .mint({ user: 1 });

// @ts-expect-error a secret is required
cookiesess.createCodec({ format: "cookie-session" });
