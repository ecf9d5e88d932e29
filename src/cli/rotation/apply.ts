import { basename } from "node:path";
import { type Failure, fail } from "../../core/failure.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Changes, SecretDocument } from "../../secrets/document.ts";
import { editFile } from "../../secrets/files/edit.ts";
import { readContent, resolveFile } from "../../secrets/files/read.ts";
import { fingerprint } from "../../secrets/fingerprint.ts";
import { generateSecret } from "../../secrets/generate.ts";
import { kindOf, languageOf, parseDocument } from "../../secrets/parse-document.ts";
import { type Phase, planRotation, type Rotation, type Secrets } from "../../secrets/rotation.ts";
import { type RotationState, readState, writeState } from "../../secrets/state.ts";
import { asUsage } from "../settings.ts";
import { withKeyHint } from "./missing-key.ts";
import { inOrder, type RotationFlags, type Subject, secretsOf } from "./subject.ts";

/** What a run found and did; `rotation` is undefined when there was nothing to do. */
export interface Outcome {
  readonly before: Secrets;
  readonly state: RotationState;
  readonly rotation: Rotation | undefined;
  readonly remarks: readonly string[];
  readonly backup?: string | undefined;
}

export interface Making {
  readonly subject: Subject;
  readonly flags: RotationFlags;
  /** One's own new secret; undefined: generated. */
  readonly given: string | undefined;
  readonly now: number;
  random(length: number): Uint8Array;
}

type Applied = Result<Outcome, Failure<string>>;

/** Rotates the secrets in a file: the whole old or the whole new one is there at any moment. */
export async function rotateInFile(path: string, making: Making): Promise<Applied> {
  const { subject, flags, now } = making;
  let outcome: Outcome | undefined;
  const edit = (text: string): Result<string, Failure<string>> => {
    const read = openText(path, text, making);
    if (!read.ok) return read;
    const worked = workOut(read.value, making);
    if (!worked.ok) return worked;
    outcome = worked.value;
    return outcome.rotation === undefined ? ok(text) : rewrite(read.value, outcome, subject);
  };
  const options = { lockTimeout: subject.lockTimeout, backup: flags.backup === true, now };
  const edited = await editFile(path, edit, options);
  if (!edited.ok) return edited;
  if (outcome === undefined) throw new Error("the file was not read");
  const remarks = [...outcome.remarks, ...edited.value.notes.map(({ text }) => text)];
  return ok({ ...outcome, remarks, backup: edited.value.backup });
}

/** The same without writing anything, for `--dry-run` and `--status`. */
export async function inspectFile(path: string, making: Making, plans: boolean): Promise<Applied> {
  const target = await resolveFile(path);
  if (!target.ok) return target;
  const content = await readContent(target.value, path);
  if (!content.ok) return content;
  const read = openText(path, content.value.text, making);
  if (!read.ok) return read;
  if (plans) return workOut(read.value, making);
  const { document } = read.value;
  const before = secretsOf(document, making.subject);
  return ok({ before, state: readState(document.state), rotation: undefined, remarks: document.remarks });
}

interface OpenFile {
  readonly document: SecretDocument;
}

function openText(path: string, text: string, { subject, flags }: Making): Result<OpenFile, Failure<string>> {
  const language = languageOf(path);
  if (language !== undefined) {
    return fail("unsupported", `${basename(path)} is ${language}, which is not edited`, {
      hint: `keep ${subject.keys.secret} in a .env file that it reads, and rotate that`,
    });
  }
  const kind = flags.kind ?? kindOf(path, text);
  if (kind === undefined) {
    return fail("unsupported", "its name does not say what kind of file it is", {
      hint: "--kind env, docker-env, json, yaml or kubernetes",
    });
  }
  const document = parseDocument(kind, text, subject.keys);
  return document.ok ? ok({ document: document.value }) : withKeyHint(document, kind, text);
}

function workOut({ document }: OpenFile, making: Making): Applied {
  const before = secretsOf(document, making.subject);
  return planFor(before, readState(document.state), document.awkward, document.remarks, making);
}

const BRINGS_IN: ReadonlySet<Phase> = new Set(["introduce", "replace", "compromised"]);

/** The next secrets for a state, unless the present one is young enough. */
export function planFor(
  before: Secrets,
  state: RotationState,
  awkward: string,
  remarks: readonly string[],
  making: Making,
): Applied {
  const { subject, flags, now } = making;
  if (isYoung(before, state, making)) return ok({ before, state, rotation: undefined, remarks });
  const { phase, maxAge, keep } = subject;
  const fresh = freshSecret(awkward, making);
  if (BRINGS_IN.has(phase) && [before.current, ...before.fallbacks].includes(fresh)) {
    return fail("not-new", "the new secret is one of those in force");
  }
  const planned = planRotation(before, state, {
    phase,
    fresh,
    maxAge,
    force: flags.force === true,
    keep,
    now,
  });
  if (!planned.ok && planned.code === "nothing-to-retire")
    return ok({ before, state, rotation: undefined, remarks });
  return planned.ok ? ok({ before, state, rotation: planned.value, remarks }) : planned;
}

function isYoung({ current }: Secrets, state: RotationState, { subject, now }: Making): boolean {
  const promoted = state.get(fingerprint(current))?.promoted;
  return subject.ifOlderThan !== undefined && promoted !== undefined && now - promoted < subject.ifOlderThan;
}

function freshSecret(awkward: string, { subject, given, random }: Making): string {
  return given ?? asUsage(() => generateSecret(subject.settings.shape, subject.length, awkward, random));
}

function rewrite(
  { document }: OpenFile,
  { before, rotation }: Outcome,
  { settings }: Subject,
): Result<string, Failure<string>> {
  if (rotation === undefined) throw new Error("there is nothing to write");
  const { current, fallbacks } = rotation.secrets;
  const changes: Changes = {
    ...(current !== before.current && { secret: current }),
    ...(fallbacks.join("\n") !== before.fallbacks.join("\n") && { fallbacks: inOrder(fallbacks, settings) }),
    state: writeState(rotation.state),
  };
  return document.write(changes);
}
