import { fail } from "../core/failure.ts";
import { ok } from "../core/result.ts";
import type {
  DocumentFailure,
  DocumentKind,
  DocumentResult,
  SecretDocument,
  SecretKeys,
} from "./document.ts";
import { emptySecret } from "./itself.ts";

/** One stretch of the text, in UTF-16 code units, and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * One text of one kind, read. The methods give alternative edits, the one nearest to the present style first;
 * the first whose result reads as it should is taken.
 */
export interface Editor {
  readonly secret: string;
  readonly fallbacks: readonly string[] | undefined;
  readonly state: string | undefined;
  /** Everything else that the text says, in any form that can be compared. */
  readonly rest: string;
  readonly awkward: string;
  readonly remarks: readonly string[];
  setSecret(value: string): readonly Edit[];
  setFallbacks(values: readonly string[]): DocumentResult<readonly Edit[]>;
  setState(text: string): readonly Edit[];
}

export type OpenEditor = (text: string) => DocumentResult<Editor>;

type Said = Pick<Editor, "secret" | "fallbacks" | "state" | "rest">;

/** The document over an editor: one edit at a time, each result read again before the next. */
export function makeDocument(
  kind: DocumentKind,
  text: string,
  keys: SecretKeys,
  open: OpenEditor,
): DocumentResult<SecretDocument> {
  const opened = open(text);
  if (!opened.ok) return opened;
  const { secret, fallbacks, state, awkward, remarks } = opened.value;
  if (secret.trim() === "") return emptySecret(keys.secret);
  return ok({
    kind,
    secret,
    fallbacks,
    state,
    awkward,
    remarks,
    write(changes) {
      const writer = new Writer(text, open);
      if (changes.secret !== undefined) writer.setSecret(changes.secret, keys.secret);
      if (changes.fallbacks !== undefined) writer.setFallbacks(changes.fallbacks, keys.fallbacks);
      if (changes.state !== undefined) writer.setState(changes.state);
      return writer.result;
    },
  });
}

const LIST_HINT = "a list in one text holds commas and outer white space when it is a JSON array: []";

class Writer {
  result: DocumentResult<string>;
  readonly #open: OpenEditor;

  constructor(text: string, open: OpenEditor) {
    this.result = ok(text);
    this.#open = open;
  }

  setSecret(secret: string, key: string): void {
    this.#step(
      key,
      (editor) => ({ ...said(editor), secret }),
      (editor) => ok(editor.setSecret(secret)),
    );
  }

  setFallbacks(fallbacks: readonly string[], key: string): void {
    this.#step(
      key,
      (editor) =>
        fallbacks.length + (editor.fallbacks?.length ?? 0) === 0
          ? said(editor)
          : { ...said(editor), fallbacks },
      (editor) => editor.setFallbacks(fallbacks),
      LIST_HINT,
    );
  }

  setState(state: string): void {
    this.#step(
      "the state",
      (editor) => ({ ...said(editor), state }),
      (editor) => ok(editor.setState(state)),
    );
  }

  #step(
    what: string,
    wanted: (editor: Editor) => Said,
    edit: (editor: Editor) => DocumentResult<readonly Edit[]>,
    hint?: string,
  ): void {
    if (!this.result.ok) return;
    const text = this.result.value;
    const editor = this.#open(text);
    const goal = editor.ok ? JSON.stringify(said(wanted(editor.value))) : "";
    if (!editor.ok || JSON.stringify(said(editor.value)) === goal) return;
    const edits = edit(editor.value);
    if (!edits.ok) {
      this.result = edits;
      return;
    }
    const written = edits.value
      .map((alternative) => splice(text, alternative))
      .find((candidate) => this.#says(candidate, goal));
    this.result = written === undefined ? unwritable(what, hint) : ok(written);
  }

  #says(text: string, goal: string): boolean {
    const opened = this.#open(text);
    return opened.ok && JSON.stringify(said(opened.value)) === goal;
  }
}

function unwritable(what: string, hint: string | undefined): DocumentFailure {
  const message = `the syntax of this file cannot hold the new value of ${what} at its place`;
  return fail("unwritable", message, hint === undefined ? undefined : { hint });
}

function said({ secret, fallbacks, state, rest }: Said): Said {
  return { secret, fallbacks, state, rest };
}

function splice(text: string, edit: Edit): string {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}
