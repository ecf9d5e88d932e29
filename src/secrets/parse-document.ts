import type { DocumentKind, DocumentResult, SecretDocument, SecretKeys } from "./document.ts";
import { openEnv } from "./env-file.ts";
import { openJson } from "./json-file.ts";
import { hasKubernetesSecret, openKubernetes } from "./kubernetes.ts";
import { openYaml } from "./yaml-file.ts";

/**
 * The kind of a file, by its name, and by its content where Kubernetes is concerned. Undefined: none of them.
 * Never `docker-env`, which has the same names as `env`.
 */
export function kindOf(path: string, text: string): DocumentKind | undefined {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const tree = /\.json$/i.test(name) ? "json" : /\.ya?ml$/i.test(name) ? "yaml" : undefined;
  if (tree !== undefined) return hasKubernetesSecret(text) ? "kubernetes" : tree;
  return /^\.env$|\.env$|^\.env\./i.test(name) ? "env" : undefined;
}

const PROGRAM = /\.(?:py|rb|php|[cm]?[jt]sx?|go|java|kt|cs|exs?|pl|rs)$/i;
const TOML = /\.toml$/i;

/**
 * What a file is whose lists are lists: fallbacks in one text between commas, as in a .env file, would be taken letter
 * by letter. Undefined for any other file.
 */
export function languageOf(path: string): string | undefined {
  if (PROGRAM.test(path)) return "a program";
  return TOML.test(path) ? "TOML" : undefined;
}

/** Reads a document of a kind. Fails with any `DocumentCode` but `unwritable`; no message holds a value. */
export function parseDocument(
  kind: DocumentKind,
  text: string,
  keys: SecretKeys,
): DocumentResult<SecretDocument> {
  switch (kind) {
    case "json":
      return openJson(text, keys);
    case "yaml":
      return openYaml(text, keys);
    case "kubernetes":
      return openKubernetes(text, keys);
    default:
      return openEnv(text, keys, kind === "docker-env");
  }
}
