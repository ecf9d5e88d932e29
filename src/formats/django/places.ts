/** The places where Django puts signed values, by the name of `--backend`. */
export const BACKENDS = [
  "signed_cookies",
  "session_data",
  "django-cookie-sessions",
  "messages",
  "signed_cookie",
  "signing",
  "signer",
  "timestamp_signer",
] as const;

/** Where Django put the value: docs/formats/django.md says what each has for a salt, a time and an age. */
export type Backend = (typeof BACKENDS)[number];

/** How the payload is written; a pickle is read as data, and never written. */
export type Serializer = "json" | "pickle" | "string";

export interface Place {
  readonly title: string;
  /** What a variation says of a match: "this is a signing.dumps() value". */
  readonly meaning: string;
  readonly salt: string;
  /** Prepended to the secret: `get_cookie_signer`. */
  readonly keyPrefix: string;
  /** A base62 timestamp stands before the signature. */
  readonly timed: boolean;
  readonly serializer: Serializer;
  readonly compress: boolean;
  /** Seconds; SESSION_COOKIE_AGE where the backend passes it. */
  readonly maxAge: number | null;
  readonly cookieName?: string;
  /** Holds a session dictionary. */
  readonly session: boolean;
}

const SESSION_COOKIE_AGE = 1_209_600;
const COOKIE_SIGNER = "django.http.cookies";

const object = { keyPrefix: "", timed: true, serializer: "json", compress: false, maxAge: null } as const;

/** Salts and defaults, each as the class or function names them in Django's source. */
export const PLACES: Readonly<Record<Backend, Place>> = {
  signed_cookies: {
    ...object,
    title: "Django session (signed_cookies)",
    meaning: "this is a session of the signed_cookies backend",
    salt: "django.contrib.sessions.backends.signed_cookies",
    compress: true,
    maxAge: SESSION_COOKIE_AGE,
    cookieName: "sessionid",
    session: true,
  },
  session_data: {
    ...object,
    title: "Django session row (session_data)",
    meaning: "this is a row of django_session, not a cookie",
    salt: "django.contrib.sessions.SessionStore",
    compress: true,
    session: true,
  },
  "django-cookie-sessions": {
    ...object,
    title: "django-cookie-sessions 0.1.1 session",
    meaning: "this is a session of django-cookie-sessions",
    salt: "cookiesession",
    compress: true,
    maxAge: SESSION_COOKIE_AGE,
    cookieName: "sessionid",
    session: true,
  },
  messages: {
    ...object,
    title: "Django messages (contrib.messages)",
    meaning: "this is the messages cookie of contrib.messages",
    salt: "django.contrib.messages",
    keyPrefix: COOKIE_SIGNER,
    compress: true,
    cookieName: "messages",
    session: false,
  },
  signed_cookie: {
    ...object,
    title: "Django signed cookie (set_signed_cookie)",
    meaning: "this was made by set_signed_cookie()",
    salt: "",
    keyPrefix: COOKIE_SIGNER,
    serializer: "string",
    session: false,
  },
  signing: {
    ...object,
    title: "Django signed value (signing.dumps)",
    meaning: "this is a signing.dumps() value, not a session",
    salt: "django.core.signing",
    session: false,
  },
  signer: {
    ...object,
    title: "Django signed text (Signer)",
    meaning: "this was made by Signer, without a time",
    salt: "django.core.signing.Signer",
    timed: false,
    serializer: "string",
    session: false,
  },
  timestamp_signer: {
    ...object,
    title: "Django signed text (TimestampSigner)",
    meaning: "this was made by TimestampSigner",
    salt: "django.core.signing.TimestampSigner",
    serializer: "string",
    session: false,
  },
};
