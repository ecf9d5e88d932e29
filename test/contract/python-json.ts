import type { Library, PayloadJson } from "./line.ts";

/**
 * Payloads as JSON that Python wrote, through the public API alone: what a `signing.dumps` value of Django holds
 * before its first colon.
 */
export function pythonJson({ createCodec, platform }: Library): PayloadJson {
  const codec = createCodec({ format: "django", backend: "signing", compress: false, secret: "any" });
  return {
    read(json) {
      const decoded = codec.decode(`${platform.base64url(platform.fromLatin1(json))}:1sFcTB:unsigned`);
      if (!decoded.ok) throw new Error(`the fixture's payload: ${decoded.message}`);
      return decoded.payload;
    },
    write(payload) {
      const [base64 = ""] = codec.sign(payload).split(":");
      return platform.latin1(platform.fromBase64(base64) ?? new Uint8Array());
    },
  };
}
