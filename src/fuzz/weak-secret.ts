import { bind } from "../codec.ts";
import { authenticate } from "../core/verify.ts";
import { type Finding, KINDS } from "./finding.ts";
import { headerOf, type Specimen, toInput } from "./specimen.ts";
import { PUBLISHED_SECRETS } from "./weak-secrets.ts";

/** A secret to try, and how to say which it is without saying it. */
export interface Candidate {
  readonly secret: string | Uint8Array;
  /** "published at https://…", "line 12 of words.txt". */
  readonly where: string;
}

export function* publishedCandidates(): Generator<Candidate> {
  for (const { secret, source } of PUBLISHED_SECRETS) yield { secret, where: `published at ${source}` };
}

export interface WeakSecretCheck {
  readonly tried: number;
  readonly finding: Finding | undefined;
}

/** Turns that other work gets while a long list is tried. */
const TURN = 2_000;

/** Tries secrets on the specimen's own signature. Nothing is sent. */
export async function checkSecrets(
  specimen: Specimen,
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>,
  signal?: AbortSignal,
): Promise<WeakSecretCheck> {
  let tried = 0;
  for await (const { secret, where } of candidates) {
    if (signal?.aborted) break;
    if (secret.length === 0) continue;
    tried++;
    if (signs(specimen, secret)) return { tried, finding: findingOf(specimen, where, tried) };
    if (tried % TURN === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return { tried, finding: undefined };
}

function signs({ format, options, pairs }: Specimen, secret: string | Uint8Array): boolean {
  const [{ name }] = pairs;
  return authenticate(toInput(pairs), { ...bind(format, { ...options, secret }), name }).ok;
}

function findingOf({ pairs }: Specimen, where: string, tried: number): Finding {
  return {
    code: "weak-secret",
    ...KINDS["weak-secret"],
    attack: "weak-secret",
    id: "weak-secret",
    title: "a secret that others know signed the cookie",
    note: where,
    observed: "the signature holds",
    ...{ count: 1, of: tried },
    header: headerOf(pairs),
    command: undefined,
  };
}
