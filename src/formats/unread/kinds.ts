/** A kind of cookie that is known and not read: nothing here opens it. */
export interface UnreadKind {
  /** Finishes "this is …". */
  readonly what: string;
  /** What can be done with it. */
  readonly instead: string;
  /** Where its layout is written down. */
  readonly source: `https://${string}`;
  readonly looksLike: (value: string, name: string | undefined) => boolean;
}

const KINDS: readonly UnreadKind[] = [
  {
    what: "a JSON Web Token",
    instead: "jwt.io and jwt-cli read these",
    source: "https://www.rfc-editor.org/rfc/rfc7519",
    // The base64url of {"alg": or another member of a header first, and three parts, or five of an encrypted one.
    looksLike: (value) =>
      /^eyJ(?:hbGciOi|0eXAiOi|raWQiOi|lbmMiOi|jdHkiOi)[\w-]*(?:\.[\w-]*){2}(?:(?:\.[\w-]*){2})?$/.test(value),
  },
  {
    what: "a value that cookie-signature signed, as the session ids of express-session are",
    instead: "the session itself is in the server's store",
    source: "https://github.com/tj/node-cookie-signature/blob/master/index.js",
    looksLike: (value) => /^s:.*\.[A-Za-z0-9+/]{43}$/s.test(value),
  },
  {
    what: "the id of a session that PHP keeps",
    instead: "the session itself is under session.save_path on the server",
    source: "https://www.php.net/manual/en/session.configuration.php",
    looksLike: (value, name) => name === "PHPSESSID" && /^[\w,-]{22,256}$/.test(value),
  },
  {
    what: "encrypted by Laravel",
    instead: "its APP_KEY opens it, which cookiesess cannot yet",
    source: "https://github.com/laravel/framework/blob/master/src/Illuminate/Encryption/Encrypter.php",
    // The base64 of {"iv":
    looksLike: (value) => /^eyJpdiI6[A-Za-z0-9+/]*={0,2}$/.test(value),
  },
  {
    what: "signed or encrypted by Rails or Rack",
    instead: "its secret opens it, which cookiesess cannot yet",
    source: "https://github.com/rails/rails/blob/main/activesupport/lib/active_support/message_verifier.rb",
    looksLike: (value) =>
      /^[\w+/-]+={0,2}--(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(value) ||
      /^[A-Za-z0-9+/]+={0,2}--[A-Za-z0-9+/]{16}--[A-Za-z0-9+/]{22}==$/.test(value),
  },
  {
    what: "sealed by iron, as the sessions of iron-session and hapi are",
    instead: "its password opens it, which cookiesess cannot yet",
    source: "https://github.com/hapijs/iron/blob/master/API.md",
    looksLike: (value) => value.startsWith("Fe26.2*"),
  },
];

/** What a cookie is that no format reads; undefined when that is not known either. */
export function unreadKind(value: string, name: string | undefined): UnreadKind | undefined {
  return KINDS.find(({ looksLike }) => looksLike(value, name));
}
