import { accepting, type Fault, type Kit } from "./kit.ts";

export function noSignatureCheck(kit: Kit): Fault {
  return accepting(kit, ({ message }) => kit.seal(message));
}

export function signatureLengthOnly(kit: Kit): Fault {
  const { length } = signatureOf(kit, "any");
  return accepting(kit, ({ message, signature }) =>
    signature.length === length ? kit.seal(message) : undefined,
  );
}

const COMPARED = 8;

export function signaturePrefix(kit: Kit): Fault {
  return accepting(kit, ({ message, signature }) =>
    signature.slice(0, COMPARED) === signatureOf(kit, message).slice(0, COMPARED)
      ? kit.seal(message)
      : undefined,
  );
}

/** Compares what the base64 decodes to: of the last character, bits without a meaning may differ. */
export function spareBitsIgnored(kit: Kit): Fault {
  const bytesOf = (text: string) => Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/"))).join();
  return accepting(kit, ({ message, signature }) =>
    /^[\w-]{2,}$/.test(signature) &&
    signature.length % 4 !== 1 &&
    bytesOf(signature) === bytesOf(signatureOf(kit, message))
      ? kit.seal(message)
      : undefined,
  );
}

const ALGORITHMS = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

/** As many characters as an algorithm's signature has choose it, and no characters choose none. */
export function algorithmFromLength(kit: Kit): Fault {
  const codecs = ALGORITHMS.map((algorithm) => kit.codecWith({ algorithm }));
  return accepting(kit, ({ value, message, signature }) => {
    const holds = signature === "" || codecs.some((codec) => codec.verify({ value }, { now: kit.now() }).ok);
    return holds ? kit.seal(message) : undefined;
  });
}

/** The salts under which Django signs other things with the same secret. */
const SALTS = [
  "django.contrib.sessions.backends.signed_cookies",
  "django.contrib.sessions.SessionStore",
  "django.contrib.messages",
  "django.contrib.auth.tokens.PasswordResetTokenGenerator",
  "django.core.signing",
  "django.core.signing.Signer",
  "django.core.signing.TimestampSigner",
  "cookiesession",
];

export function saltIgnored(kit: Kit): Fault {
  const codecs = SALTS.flatMap((salt) =>
    ["", "django.http.cookies"].map((keyPrefix) => kit.codecWith({ salt, keyPrefix })),
  );
  return accepting(kit, ({ value, message }) =>
    codecs.some((codec) => codec.verify({ value }, { now: kit.now() }).ok) ? kit.seal(message) : undefined,
  );
}

function signatureOf(kit: Kit, message: string): string {
  const sealed = kit.seal(message);
  return sealed.slice(sealed.lastIndexOf(":") + 1);
}
