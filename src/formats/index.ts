import type { CookieFormat } from "../core/format.ts";
import type { Guide, GuidedFormat } from "../core/guide.ts";
import { guide as cookieSessionGuide } from "./cookie-session/guide.ts";
import { cookieSession } from "./cookie-session.ts";
import { guide as djangoGuide } from "./django/guide.ts";
import { django } from "./django.ts";
import { guide as flaskGuide } from "./flask/guide.ts";
import { flask } from "./flask.ts";

export { unreadKind } from "./unread/kinds.ts";

const guided = <Detail, Body, Key, Options extends object>(
  format: CookieFormat<Detail, Body, Key, Options>,
  guide: Guide<Detail, Body, Options>,
): GuidedFormat<Detail, Body, Key, Options> => ({ ...format, ...guide });

/** Every format with its guide, by the name that `--format` and `createCodec` take. */
export const formats = {
  django: guided(django, djangoGuide),
  flask: guided(flask, flaskGuide),
  "cookie-session": guided(cookieSession, cookieSessionGuide),
} as const;

/** What `sign` writes when nobody says which. */
export const DEFAULT_FORMAT = "django" satisfies FormatId;

export type Formats = typeof formats;
/** What `--format` and `createCodec` call a format. */
export type FormatId = keyof Formats;
