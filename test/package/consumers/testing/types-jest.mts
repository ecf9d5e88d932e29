import "cookiesess/testing/jest";
import { createCodec } from "cookiesess";
import { cookieMatchers } from "cookiesess/testing";

const codec = createCodec({ format: "django", secret: "s" });
expect.extend(cookieMatchers);

expect("cookie").toBeValidSession(codec);
expect("cookie").not.toBeValidSession(codec, { now: 1, payload: { user: expect.any(Number) } });
const later: Promise<void> = expect(Promise.resolve("cookie")).resolves.toBeValidSession(codec);
await later;
expect(["a=b"]).toSetSession(codec, {
  name: "a",
  payload: {},
  attributes: { sameSite: "Lax", domain: undefined },
});
expect(["a=b"]).not.toSetSession(codec, { attributes: { maxAge: expect.any(Number), secure: true } });

// @ts-expect-error a codec is required
expect("cookie").toBeValidSession();
// @ts-expect-error the secret is the codec's
expect("cookie").toBeValidSession({ secret: "s" });
// @ts-expect-error no such option
expect("cookie").toBeValidSession(codec, { paylod: {} });
// @ts-expect-error no such attribute
expect(["a=b"]).toSetSession(codec, { attributes: { httponly: true } });
// @ts-expect-error no such value
expect(["a=b"]).toSetSession(codec, { attributes: { sameSite: "lax" } });
