import { unquotePythonCookie } from "../encoding/python-cookie.ts";
import type { CookieInput, Limits } from "./cookie.ts";
import type { AnyFormat, Variation } from "./guide.ts";
import { KeyCache, type Keyring } from "./keyring.ts";
import { secretReadings } from "./secret-readings.ts";
import { authenticate } from "./verify.ts";

/** A refused cookie and what it was refused under. */
export interface Refusal {
  readonly format: AnyFormat;
  readonly options: object;
  readonly limits: Limits;
  readonly input: CookieInput;
  readonly keyring: Keyring;
  readonly name: string | undefined;
}

/** The change under which a refused cookie has a good signature. Advice: the cookie is refused all the same. */
interface Nearby {
  /** Finishes "verifies with …". */
  readonly change: string;
  readonly meaning: string | undefined;
  /** Command-line flags that make the change; empty when it is the cookie or the secret that changes. */
  readonly flags: string;
  /** Flags of the refused command that stand against the change, and have to go. */
  readonly without: string;
  /** The options under which it verifies. */
  readonly options: object;
}

export interface Explanation {
  readonly nearby: Nearby | undefined;
  /** Variations that were tried. */
  readonly tried: number;
  /** The format's guess when none fits. */
  readonly advice: string | undefined;
}

interface Change {
  readonly change: string;
  readonly meaning?: string | undefined;
  readonly flags: string;
}
interface InputChange extends Change {
  readonly input: CookieInput;
}
interface SecretChange extends Change {
  readonly keyring: Keyring;
}

/** Most variations that are tried; each costs some hashing. */
const MOST = 600;

/**
 * Searches, in a bounded space, for the one change (or the pair) that makes a refused cookie's signature good:
 * how the value was copied, how the secret was read, and what the format itself can vary.
 */
export function explain(refusal: Refusal): Explanation {
  let tried = 0;
  for (const attempt of attempts(refusal)) {
    if (tried >= MOST) break;
    tried++;
    if (opens(refusal, attempt)) {
      return { nearby: nearby(refusal, attempt), tried, advice: undefined };
    }
  }
  const advice = cutAdvice(refusal.input) ?? refusal.format.advise?.(refusal.input, refusal.options);
  return { nearby: undefined, tried, advice };
}

/** What makes a genuine cookie that is too old a likely one: another reckoning of time. */
export function explainAge(refusal: Refusal): Explanation | undefined {
  const variations = refusal.format.timeVariations?.(refusal.input, refusal.options) ?? [];
  const variation = variations.find((variation) => opens(refusal, { variation }));
  if (variation === undefined) return undefined;
  return { nearby: nearby(refusal, { variation }), tried: variations.length, advice: undefined };
}

/** Browsers keep this much of a cookie, some counting its name and some not. */
const CUT_AT = 4096;

function cutAdvice({ name, value }: CookieInput): string | undefined {
  const withName = value.length + (name === undefined ? 0 : name.length + 1);
  if (value.length !== CUT_AT && withName !== CUT_AT) return undefined;
  return `It is exactly ${CUT_AT} bytes long, the most that browsers keep: it was probably cut there.`;
}

interface Attempt {
  readonly input?: InputChange | undefined;
  readonly secret?: SecretChange | undefined;
  readonly variation?: Variation<object> | undefined;
}

function* attempts(refusal: Refusal): Generator<Attempt> {
  const inputs = [...inputChanges(refusal.input)];
  const secrets = [...secretChanges(refusal.keyring)];
  const variations = refusal.format.variations?.(refusal.input, refusal.options) ?? [];
  for (const variation of variations) yield { variation };
  for (const input of inputs) yield { input };
  for (const secret of secrets) yield { secret };
  for (const secret of secrets) for (const variation of variations) yield { secret, variation };
  for (const input of inputs) for (const variation of variations) yield { input, variation };
}

function opens(refusal: Refusal, { input, secret, variation }: Attempt): boolean {
  const { format, limits } = refusal;
  const options = settled(refusal, variation);
  if (options === undefined) return false;
  const keys = new KeyCache(secret?.keyring ?? refusal.keyring, (key, name) =>
    format.derive(key, { options, name }),
  );
  const binding = { format, options, limits, keys, name: nameOf(options) ?? refusal.name, maxAge: null };
  return authenticate(input?.input ?? refusal.input, binding).ok;
}

function settled({ format, options }: Refusal, variation: Variation<object> | undefined): object | undefined {
  if (variation === undefined) return options;
  try {
    return format.settle({ ...options, ...variation.options });
  } catch (error) {
    // An algorithm that this platform lacks.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function nameOf(options: object): string | undefined {
  return (options as { readonly name?: string }).name;
}

function nearby(refusal: Refusal, { input, secret, variation }: Attempt): Nearby {
  const changes = [variation, input, secret].filter((change) => change !== undefined);
  return {
    change: changes.map(({ change }) => change).join(" and "),
    meaning: changes.find(({ meaning }) => meaning !== undefined)?.meaning,
    options: settled(refusal, variation) ?? refusal.options,
    flags: changes
      .map(({ flags }) => flags)
      .filter((flags) => flags !== "")
      .join(" "),
    without: standingAgainst(variation, refusal).join(" "),
  };
}

/** An option that was given and that the variation leaves to its default; a flag is called as its option. */
function standingAgainst(variation: Variation<object> | undefined, { options }: Refusal): readonly string[] {
  const given = options as Readonly<Record<string, unknown>>;
  return Object.entries(variation?.options ?? {})
    .filter(([name, value]) => value === undefined && given[name] !== undefined)
    .map(([name]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
}

/** What happens to a value between the header and the paste. */
function* inputChanges(input: CookieInput): Generator<InputChange> {
  const seen = new Set([input.value]);
  for (const { change, meaning, apply } of VALUE_CHANGES) {
    const value = apply(input.value);
    if (value === undefined || seen.has(value)) continue;
    seen.add(value);
    yield { change, meaning, flags: "", input: { ...input, value } };
  }
}

const VALUE_CHANGES: readonly {
  readonly change: string;
  readonly meaning: string;
  apply(value: string): string | undefined;
}[] = [
  {
    change: "white space removed",
    meaning: "spaces or line breaks came with the copy",
    apply: (value) => value.replace(/\s+/g, ""),
  },
  {
    change: "the quotes removed",
    meaning: "the value was quoted in the header",
    apply: (value) => (/^(["']).*\1$/s.exec(value) && value.slice(1, -1)) || undefined,
  },
  {
    change: "the value percent-decoded",
    meaning: "something encoded the cookie like a URL",
    apply: percentDecoded,
  },
  {
    change: 'spaces turned back into "+"',
    meaning: "something decoded the cookie like a form",
    apply: (value) => value.replaceAll(" ", "+"),
  },
  {
    change: '"+" turned into spaces',
    meaning: "something encoded the cookie like a form",
    apply: (value) => value.replaceAll("+", " "),
  },
  {
    change: "the name in front removed",
    meaning: "the cookie's name was copied with its value",
    apply: (value) => /^[^=;,\s]{1,64}=(.+)$/s.exec(value)?.[1],
  },
  {
    change: "what follows the first semicolon removed",
    meaning: "attributes were copied with the value",
    apply: (value) => (value.includes(";") ? value.slice(0, value.indexOf(";")) : undefined),
  },
  {
    change: "the quotes and escapes decoded",
    meaning: "the value is as Python's cookie module quotes it",
    apply: unquotePythonCookie,
  },
  {
    change: "octal escapes decoded",
    meaning: "the value is as Python's cookie module quotes it, without its quotes",
    apply: (value) =>
      value.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      ),
  },
  {
    change: "the last character removed",
    meaning: "one character too many was copied",
    apply: (value) => value.slice(0, -1),
  },
];

function percentDecoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** What happens to a secret between the settings and the command line; never shown, only named. */
function* secretChanges(keyring: Keyring): Generator<SecretChange> {
  for (const [index, secret] of keyring.entries()) {
    if (secret === undefined) continue;
    const which = keyring.length === 1 ? "the secret" : `secret ${index + 1}`;
    for (const { how, flags = "", secret: changed } of secretReadings(secret)) {
      yield { change: `${which} ${how}`, flags, keyring: [changed] };
    }
  }
}
