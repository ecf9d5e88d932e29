import type { SecretSettings } from "../core/secret-settings.ts";

/** A framework whose secrets are rotated although its cookies are not read here. */
export interface Framework {
  readonly settings: SecretSettings;
  /** Seconds for which its session cookies live; null: for ever. */
  readonly maxAge: number | null;
}

/** Source: railties 7.2, `rails secret`, Rails::Application#secret_key_base and #message_verifiers. */
const rails: Framework = {
  settings: {
    secret: "SECRET_KEY_BASE",
    fallbacks: "SECRET_KEY_BASE_FALLBACKS",
    order: "newest-first",
    shape: { bytes: 64, encoding: "hex" },
    signs: [
      {
        what: "encrypted and signed cookies",
        effect:
          "Rails reads no list of old secrets: an initializer hands it to action_dispatch.cookies_rotations",
      },
      {
        what: "signed ids, Active Storage links",
        effect: "refused unless the initializer rotates message_verifiers too",
      },
    ],
  },
  maxAge: null,
};

/**
 * The key of AES-256-CBC as `artisan key:generate` writes it. Source: Laravel 13, EncryptionServiceProvider,
 * Encrypter#getAllKeys, RoutingServiceProvider and config/session.php.
 */
const laravel: Framework = {
  settings: {
    secret: "APP_KEY",
    fallbacks: "APP_PREVIOUS_KEYS",
    order: "newest-first",
    shape: { bytes: 32, isExact: true, encoding: "base64", prefix: "base64:" },
    signs: [
      {
        what: "remember-me cookies",
        effect: "decrypted under a previous key from Laravel 11 on; they live far longer than sessions",
      },
      {
        what: "Crypt and encrypted columns",
        effect: "decrypted under a previous key: keep it until they are rewritten",
      },
      { what: "signed URLs", effect: "accepted under a previous key from Laravel 11 on" },
    ],
  },
  maxAge: 7200,
};

export const FRAMEWORKS: Readonly<Record<string, Framework>> = { rails, laravel };
