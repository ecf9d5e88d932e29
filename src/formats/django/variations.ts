import type { CookieInput } from "../../core/cookie.ts";
import type { Variation } from "../../core/guide.ts";
import { algorithmOfLength } from "./layout.ts";
import { type DjangoOptions, planOf } from "./options.ts";
import { BACKENDS, PLACES } from "./places.ts";

/** Other places, eras and algorithms under which a refused value may yet verify, likeliest first. */
export function variations(
  input: CookieInput,
  options: Readonly<DjangoOptions>,
): readonly Variation<DjangoOptions>[] {
  return [...eras(options), ...places(input, options), ...algorithms(options)];
}

const COOKIE_SALT_BEFORE_2026 = {
  version: "5.1",
  meaning: "this was signed with the cookie salt from before 2026 (CVE-2026-6873)",
};

function eras({ version, backend }: Readonly<DjangoOptions>): Variation<DjangoOptions>[] {
  const others = [
    ...(backend === "signed_cookie" ? [COOKIE_SALT_BEFORE_2026] : []),
    { version: "3.0", meaning: "this was signed by Django 3.0 or older" },
    { version: "3.2", meaning: "this was signed by Django 3.1 or newer" },
    { version: "6.1", meaning: "this was signed by a newer Django" },
  ];
  return others
    .filter((other) => other.version !== version)
    .map((other) => ({
      options: { version: other.version, algorithm: undefined, legacySaltFallback: undefined },
      change: `Django ${other.version}'s rules`,
      meaning: other.meaning,
      flags: `--django ${other.version}`,
    }));
}

function places(input: CookieInput, options: Readonly<DjangoOptions>): Variation<DjangoOptions>[] {
  const variations: Variation<DjangoOptions>[] = [];
  for (const backend of BACKENDS) {
    if (backend === options.backend && options.salt === undefined) continue;
    const { salt, meaning } = PLACES[backend];
    const name = options.name ?? input.name;
    if (backend === "signed_cookie" && name === undefined) continue;
    const others = [
      ...(backend === "signed_cookie" ? [COOKIE_SALT_BEFORE_2026.version] : []),
      options.version === "3.0" ? "6.1" : "3.0",
    ];
    for (const version of new Set([options.version, ...others])) {
      const older = version === options.version ? "" : ` --django ${version}`;
      variations.push({
        options: {
          backend,
          version,
          salt: undefined,
          keyPrefix: undefined,
          serializer: undefined,
          algorithm: undefined,
        },
        change: backend === "signed_cookie" ? `the salt of the cookie name "${name}"` : `salt "${salt}"`,
        meaning,
        flags: `--backend ${backend}${older}`,
      });
    }
  }
  if (options.salt !== undefined) return variations;
  return [...variations, ...customSalts(options)];
}

/** Salts that are not a backend's default, and that people meet. */
const SALTS: readonly { readonly salt: string; readonly meaning: string }[] = [
  {
    salt: "django.contrib.sessions.backends.cached_db",
    meaning: "this is a session under another backend's name",
  },
  { salt: "django.contrib.sessions.backends.db", meaning: "this is a session under another backend's name" },
  {
    salt: "django.contrib.sessions.backends.cache",
    meaning: "this is a session under another backend's name",
  },
  {
    salt: "django.contrib.sessions.backends.file",
    meaning: "this is a session under another backend's name",
  },
  {
    salt: "django.core.signing.get_cookie_signer",
    meaning: "this was made by get_cookie_signer() without a salt",
  },
  {
    salt: "django.contrib.auth.tokens.PasswordResetTokenGenerator",
    meaning: "this was signed under the salt of password reset tokens",
  },
  { salt: "registration", meaning: "this is an activation key of django-registration" },
  { salt: "account", meaning: "this is an e-mail confirmation key of django-allauth" },
];

export function salts(): readonly string[] {
  return [...Object.values(PLACES), ...SALTS].map(({ salt }) => salt).filter((salt) => salt !== "");
}

function customSalts(options: Readonly<DjangoOptions>): Variation<DjangoOptions>[] {
  return SALTS.map(({ salt, meaning }) => ({
    options: {
      salt,
      backend: "signing" as const,
      ...(salt.includes("cookie_signer") && { keyPrefix: PLACES.signed_cookie.keyPrefix }),
      version: options.version,
    },
    change: `salt "${salt}"`,
    meaning,
    flags: `--backend signing --salt ${salt}`,
  }));
}

function algorithms(options: Readonly<DjangoOptions>): Variation<DjangoOptions>[] {
  const { algorithm, olderAlgorithm } = planOf(options);
  return ["sha1", "sha256", "sha384", "sha512", "sha224", "md5"]
    .filter((other) => other !== algorithm && other !== olderAlgorithm)
    .map((other) => ({
      options: { algorithm: other },
      change: `algorithm ${other}`,
      flags: `--algorithm ${other}`,
    }));
}

/** A guess from the look of the cookie alone. */
export function advise(input: CookieInput, options: Readonly<DjangoOptions>): string | undefined {
  const plan = planOf(options);
  const signature = input.value.slice(input.value.lastIndexOf(plan.sep) + plan.sep.length);
  const suggested = algorithmOfLength(signature.length);
  if (suggested === "sha1" && plan.algorithm !== "sha1" && plan.olderAlgorithm !== "sha1") {
    return "The signature has the length of sha1. Is the server on Django 3.0 or older? Then --django 3.0.";
  }
  if (suggested === "sha256" && plan.algorithm === "sha1") {
    return "The signature has the length of sha256. Is the server on Django 3.1 or newer?";
  }
  return suggested === undefined
    ? "The signature has no length that Django writes: the cookie was probably cut."
    : undefined;
}
