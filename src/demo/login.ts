import { formats, type Secret, type ValueObject } from "../index.ts";
import type { Session } from "../session/index.ts";

const USER_ID = "_auth_user_id";
const USER_BACKEND = "_auth_user_backend";
const USER_HASH = "_auth_user_hash";

/** How a session says who is logged in. */
export interface LoginKeys {
  readonly userKey: string;
  /** Makes it this user's session, as `django.contrib.auth.login` does: another user's is ended first. */
  logIn(session: Session, user: string): void;
  /** Whether a Django site would end it, as its auth hash is missing. */
  isIncomplete(session: Session): boolean;
}

/** The demo's own key. */
export const plainLogin: LoginKeys = {
  userKey: "user",
  logIn(session, user) {
    if (session.get("user", user) !== user) session.flush();
    session.set("user", user);
    session.cycleKey();
  },
  isIncomplete: () => false,
};

/** Django's keys. `passwordHash`: the password column, of which the auth hash is made. */
export function djangoLogin(
  secret: Secret,
  version: string | undefined,
  passwordHash: string | undefined,
): LoginKeys {
  const settled = formats.django.settle(version === undefined ? {} : { version });
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  const compose = (user: string) => {
    const asked = { login: user, ...(passwordHash !== undefined && { passwordHash }) };
    const env = { now: 0, random: (length: number) => new Uint8Array(length) };
    return formats.django.compose?.(asked, undefined, settled, [bytes], env);
  };
  const isEnough = compose("1")?.ok === true;
  return {
    userKey: USER_ID,
    logIn(session, user) {
      if (session.has(USER_ID) && String(session.get(USER_ID)) !== user) session.flush();
      const composed = compose(user);
      const keys = composed?.ok
        ? composed.value.value
        : { [USER_ID]: user, [USER_BACKEND]: "django.contrib.auth.backends.ModelBackend" };
      session.update(keys as ValueObject);
      session.cycleKey();
    },
    isIncomplete: (session) => !isEnough && session.has(USER_ID) && !session.has(USER_HASH),
  };
}
