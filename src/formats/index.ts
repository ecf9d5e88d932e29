import { cookieSession } from "./cookie-session.ts";
import { django } from "./django.ts";
import { flask } from "./flask.ts";

/** Every format, by the name that `--format` and `createCodec` take. */
export const formats = {
  django,
  flask,
  "cookie-session": cookieSession,
} as const;

/** What `sign` writes when nobody says which. */
export const DEFAULT_FORMAT = "django" satisfies FormatId;

export type Formats = typeof formats;
/** What `--format` and `createCodec` call a format. */
export type FormatId = keyof Formats;
