import { fail } from "../core/failure.ts";
import type { DocumentFailure } from "./document.ts";

/** SOPS, dotenvx, Ansible Vault. */
const CIPHERTEXT = /^(?:ENC\[|encrypted:|\$ANSIBLE_VAULT;)/;

/** A template's expression, or an address in a vault: `{{ secret_key }}`, `op://site/key`. */
const ADDRESS = /^(?:\{\{[\s\S]*\}\}|[a-z][a-z\d+.-]*:\/\/\S+)$/;

/** A variable or a command and nothing else, as shells and Compose files have them. */
const EXPANSION = /^\$(?:[A-Z_][A-Z\d_]{2,}|\{[^}]*\}|\([\s\S]*\))$/;

/** A variable in braces anywhere, as all expand it who expand anything. */
const BRACES = /(?<!\\)\$\{[A-Za-z_]/;

/**
 * What a `$` may mean to those who read the value.
 *
 * - `literal`: nothing
 * - `whole`: a value that is one variable or command stands for another one
 * - `part`: so does a part of it in braces. A bare `$name` within a text is left alone: half of the readers take it as it
 *   stands, and real secrets hold it
 */
export type Dollar = "literal" | "whole" | "part";

/** Why a text is not the secret itself: it refers to another place, or is encrypted. */
export function notItself(key: string, value: string, dollar: Dollar): DocumentFailure | undefined {
  if (CIPHERTEXT.test(value)) return encrypted(`${key} is encrypted`);
  const expands = dollar !== "literal" && EXPANSION.test(value);
  const isReference = expands || ADDRESS.test(value) || (dollar === "part" && BRACES.test(value));
  if (!isReference) return undefined;
  const quotes = dollar === "part" ? "; in single quotes a $ is itself" : "";
  return fail("reference", `${key} only refers to a value`, { hint: `rotate it where it is kept${quotes}` });
}

export function emptySecret(key: string): DocumentFailure {
  return fail("not-text", `${key} is empty`, {
    hint: 'put a first secret there: your framework makes one, or "openssl rand -base64 48"',
  });
}

export function encrypted(message: string): DocumentFailure {
  return fail("encrypted", message, { hint: "decrypt it, rotate, and encrypt it again" });
}
