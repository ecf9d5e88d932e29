import type { FormatFlag } from "../../core/flags.ts";
import { BACKENDS } from "./places.ts";

const all = ["decode", "verify", "sign"] as const;

export const flags: readonly FormatFlag[] = [
  {
    flag: "--django <version>",
    description: "the Django version to be exact with, 1.4 to 6.1 (default: the newest)",
    commands: all,
    sets: "version",
  },
  {
    flag: "--backend <place>",
    description: "where Django put the value",
    commands: all,
    sets: "backend",
    choices: BACKENDS,
    resets: ["salt", "keyPrefix"],
  },
  {
    flag: "--serializer <name>",
    description: "how the payload is serialized; pickle is read as data and never written",
    commands: all,
    sets: "serializer",
    choices: ["json", "pickle", "string"],
  },
  { flag: "--sep <text>", description: "the separator of a custom Signer", commands: all, sets: "sep" },
  {
    flag: "--key-prefix <text>",
    description: "put before the secret, as a custom Signer does",
    commands: ["verify", "sign"],
    sets: "keyPrefix",
  },
  {
    flag: "--legacy-salt-fallback",
    description: "accept set_signed_cookie() values from before 2026 (SIGNED_COOKIE_LEGACY_SALT_FALLBACK)",
    commands: ["verify"],
    sets: "legacySaltFallback",
    type: "boolean",
  },
  {
    flag: "--no-compress",
    description: "never compress the payload",
    commands: ["sign"],
    sets: "compress",
    type: "boolean",
  },
  {
    flag: "--login <user-id>",
    description: "mint a logged-in session of this user; needs --password-hash",
    commands: ["sign"],
    asks: "compose",
  },
  {
    flag: "--password-hash <text>",
    description: "the user's password column, as 'pbkdf2_sha256$…': for the session's auth hash",
    commands: ["sign"],
    asks: "compose",
  },
  {
    flag: "--auth-backend <class>",
    description: "with --login: one of AUTHENTICATION_BACKENDS (default: ModelBackend)",
    commands: ["sign"],
    asks: "compose",
  },
  {
    flag: "--with-csrf",
    description: "also mint a csrftoken cookie, for POST requests",
    commands: ["sign"],
    asks: "compose",
  },
  {
    flag: "--fix-auth-hash",
    description: "renew the session's auth hash for the new secret; needs --password-hash",
    commands: ["rotate-key"],
    asks: "move",
  },
  {
    flag: "--password-hash <text>",
    description: "with --fix-auth-hash: the user's password column",
    commands: ["rotate-key"],
    asks: "move",
  },
  {
    flag: "--password-hash <text>",
    description: "also check the session's auth hash against the user's password column",
    commands: ["verify"],
    asks: "check",
  },
];
