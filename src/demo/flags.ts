import type { DemoOptions } from "./options.ts";

interface DemoFlag {
  /** In Commander's spelling. */
  readonly flag: string;
  readonly description: string;
  readonly choices?: readonly string[];
}

/** The demo's own command-line flags, besides those of secrets. */
export const DEMO_FLAGS: readonly DemoFlag[] = [
  { flag: "--port <number>", description: "the port on 127.0.0.1 (default: a free one)" },
  { flag: "--max-age <duration>", description: "how long a session lasts: 3600, 15m, 12h, 14d, …" },
  {
    flag: "--django [version]",
    description: "keep logins as Django does, to share them with a Django site of the same secret",
  },
  {
    flag: "--backend <place>",
    description: "whose session backend to be exact with",
    choices: ["signed_cookies", "django-cookie-sessions"],
  },
  { flag: "--salt <text>", description: "the salt, literally" },
  {
    flag: "--password-hash <text>",
    description: "with --django: the password column of the user who logs in here",
  },
  { flag: "--flaw <flaw>", description: "a deliberate fault, for teaching and testing; list: names them" },
];

/** Their values, as Commander hands them out. */
export interface DemoFlags {
  readonly port?: string;
  readonly maxAge?: string;
  readonly django?: true | string;
  readonly backend?: "signed_cookies" | "django-cookie-sessions";
  readonly salt?: string;
  readonly passwordHash?: string;
  readonly flaw?: string;
}

/**
 * What the flags say, but for the secrets and the age.
 * @throws {TypeError} on a port that is none, and a password hash without Django
 */
export function demoOptions({ port, django, backend, salt, passwordHash, flaw }: DemoFlags): DemoOptions {
  if (passwordHash !== undefined && django === undefined) {
    throw new TypeError("--password-hash goes with --django");
  }
  return {
    port: port === undefined ? undefined : portNumber(port),
    django: django !== undefined,
    version: typeof django === "string" ? django : undefined,
    backend,
    salt,
    passwordHash,
    flaw,
  };
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new TypeError("--port takes a number up to 65535");
  return port;
}
