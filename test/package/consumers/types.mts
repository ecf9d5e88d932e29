import { type Codec, createCodec, detect, type Failure, type Verified } from "cookiesess";
import { createCodec as bind } from "cookiesess/codec";
import { django } from "cookiesess/formats/django";

const codec: Codec = createCodec({ format: "django", secret: "s", fallbacks: ["t"], maxAge: null });
const outcome: Verified | Failure = codec.verify("cookie", { now: 1 });
export const text: string = outcome.ok ? outcome.format : outcome.code;
export const [first]: readonly { readonly format: string }[] = detect({ value: "x", siblings: { y: "z" } });
export const value: string = bind(django, { secret: new Uint8Array(2) }).sign({ user: 1n });

// @ts-expect-error a secret is required
createCodec({ format: "django" });
// @ts-expect-error no such format
createCodec({ format: "none", secret: "s" });
// @ts-expect-error fallbacks must be an array
createCodec({ format: "flask", secret: "s", fallbacks: "t" });
// @ts-expect-error an option of another format
createCodec({ format: "flask", secret: "s", backend: "messages" });
// @ts-expect-error nothing is no payload
codec.sign(undefined);
// @ts-expect-error a failure has no payload
codec.verify("cookie").payload;
