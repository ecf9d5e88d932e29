import type { SecretSettings } from "../../core/secret-settings.ts";

/** SECRET_KEY as `get_random_secret_key` makes it, and what honours SECRET_KEY_FALLBACKS (Django 4.1 and later). */
export const settings: SecretSettings = {
  secret: "SECRET_KEY",
  fallbacks: "SECRET_KEY_FALLBACKS",
  order: "newest-first",
  shape: { alphabet: "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)", length: 50 },
  signs: [
    { what: "auth hash in sessions", effect: "accepted under a fallback from 4.1.8 on, and then renewed" },
    {
      what: "password-reset links",
      effect: "accepted under a fallback; they live PASSWORD_RESET_TIMEOUT, 3 days",
    },
    {
      what: "signed cookies",
      effect: "accepted under a fallback; without a max_age they never expire by themselves",
    },
    { what: "messages cookie", effect: "accepted under a fallback" },
    {
      what: "signing.dumps() values",
      effect: "accepted under a fallback; keep it for as long as such links live",
    },
  ],
};
