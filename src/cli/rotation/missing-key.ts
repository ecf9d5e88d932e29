import { formats } from "../../formats/index.ts";
import type { DocumentFailure, DocumentKind } from "../../secrets/document.ts";
import { FRAMEWORKS } from "../../secrets/frameworks.ts";
import { parseDocument } from "../../secrets/parse-document.ts";

/** Where the secret is not under the name that was looked for: the framework whose name is there, or how to give one. */
export function withKeyHint(failure: DocumentFailure, kind: DocumentKind, text: string): DocumentFailure {
  if (failure.code !== "missing-key" || failure.hint !== undefined) return failure;
  const found = Object.entries({ ...formats, ...FRAMEWORKS }).find(
    ([, { settings }]) => settings !== undefined && parseDocument(kind, text, settings).ok,
  );
  if (found === undefined) return { ...failure, hint: "--key NAME says what it is called there" };
  const [format, { settings }] = found;
  return { ...failure, hint: `it has ${settings?.secret}: --format ${format}` };
}
