import { fail } from "../core/failure.ts";
import { ok } from "../core/result.ts";
import { decodeBase64Text, encodeBase64Text } from "./base64-text.ts";
import type { DocumentFailure, DocumentResult, SecretKeys } from "./document.ts";
import type { Edit, Editor } from "./editor.ts";
import { emptySecret, encrypted, notItself } from "./itself.ts";
import { COMMA_LIST, type ListStyle, readListText, writeListText } from "./list-text.ts";
import type { Locate, Located, Tree } from "./tree.ts";

/** The editor over a JSON or YAML tree. */
export function openTree<Place>(
  tree: Tree<Place>,
  keys: SecretKeys,
  locate: Locate,
  awkward: string,
): DocumentResult<Editor> {
  if (isSops(tree)) return encrypted("the file is encrypted with SOPS");
  const secret = only(locate(tree, keys.secret), keys.secret);
  if (!secret.ok) return secret;
  if (secret.value === undefined) return fail("missing-key", `the file has no ${keys.secret}`);
  const fallbacks = only(locate(tree, keys.fallbacks), keys.fallbacks);
  if (!fallbacks.ok) return fallbacks;
  const text = readText(tree, secret.value, keys.secret);
  if (!text.ok) return text;
  const list = fallbacks.value ? readList(tree, fallbacks.value, keys.fallbacks) : ok(undefined);
  if (!list.ok) return list;
  const foreign =
    notItself(keys.secret, text.value, "whole") ??
    list.value?.values.map((value) => notItself(keys.fallbacks, value, "whole")).find(Boolean);
  if (foreign !== undefined) return foreign;
  return ok(new TreeEditor(tree, keys, secret.value, text.value, fallbacks.value, list.value, awkward));
}

/** Its checksum is over every value, the plain ones too. */
function isSops<Place>(tree: Tree<Place>): boolean {
  return tree.roots.some((root) =>
    tree.members(root, "sops").some((sops) => tree.members(sops, "mac").length > 0),
  );
}

function only<Place>(
  found: readonly Located<Place>[],
  key: string,
): DocumentResult<Located<Place> | undefined> {
  if (found.length < 2) return ok(found[0]);
  return fail("duplicate-key", `${key} is defined more than once`);
}

function readText<Place>(
  tree: Tree<Place>,
  { place, coding }: Located<Place>,
  key: string,
): DocumentResult<string> {
  const leaf = tree.leaf(place);
  if (leaf.kind === "shared") return shared(key);
  if (leaf.kind === "other") return fail("not-text", `${key} is ${leaf.what}`);
  if (leaf.kind === "nothing") return emptySecret(key);
  if (leaf.kind === "list") return fail("not-text", `${key} is a list`);
  const value = coding === "base64" ? decodeBase64Text(leaf.value) : leaf.value;
  return value === undefined ? fail("not-text", `${key} is not the base64 of a text`) : ok(value);
}

interface List {
  readonly values: readonly string[];
  readonly style: ListStyle;
}

function readList<Place>(tree: Tree<Place>, located: Located<Place>, key: string): DocumentResult<List> {
  const leaf = tree.leaf(located.place);
  if (leaf.kind === "shared") return shared(key);
  if (leaf.kind === "nothing") return ok({ values: [], style: COMMA_LIST });
  if (located.coding === "native") {
    if (leaf.kind === "list") return ok({ values: leaf.values, style: COMMA_LIST });
    const what = leaf.kind === "text" ? "one text, not a list" : leaf.what;
    return fail("not-a-list", `${key} is ${what}`, { hint: "write it as a list of texts: []" });
  }
  const text = readText(tree, located, key);
  if (!text.ok) return text;
  return (
    asOk(readListText(text.value)) ??
    fail("not-a-list", `${key} is neither texts between commas nor a JSON array of texts`)
  );
}

function asOk<T>(value: T | undefined) {
  return value === undefined ? undefined : ok(value);
}

function shared(key: string): DocumentFailure {
  return fail("shared-value", `other places of the file refer to the value of ${key}`, {
    hint: "give each place a value of its own",
  });
}

class TreeEditor<Place> implements Editor {
  readonly remarks: readonly string[] = [];
  readonly rest: string;

  constructor(
    readonly tree: Tree<Place>,
    readonly keys: SecretKeys,
    readonly located: Located<Place>,
    readonly secret: string,
    readonly listed: Located<Place> | undefined,
    readonly list: List | undefined,
    readonly awkward: string,
  ) {
    this.rest = tree.rest([located, listed].flatMap((found) => found?.place ?? []));
  }

  get fallbacks(): readonly string[] | undefined {
    return this.list?.values;
  }

  get state(): string | undefined {
    return this.tree.state(this.located.place);
  }

  setSecret(value: string): readonly Edit[] {
    return this.tree.setText(this.located.place, encode(value, this.located));
  }

  setFallbacks(values: readonly string[]): DocumentResult<readonly Edit[]> {
    const { tree, listed, located, keys } = this;
    const native = (listed ?? located).coding === "native";
    const text = () => encode(writeListText(values, this.list?.style ?? COMMA_LIST), listed ?? located);
    if (listed !== undefined)
      return ok(native ? tree.setList(listed.place, values) : tree.setText(listed.place, text()));
    if (!keys.fallbacks.startsWith(located.prefix))
      return fail("missing-key", `the file has no ${keys.fallbacks}`, {
        hint: `it can be added beside the secret, as ${located.prefix}${keys.fallbacks}`,
      });
    const name = keys.fallbacks.slice(located.prefix.length);
    return ok(tree.add(located.place, name, native ? values : text()));
  }

  setState(text: string): readonly Edit[] {
    return this.tree.setState(this.located.place, text);
  }
}

function encode(value: string, { coding }: Pick<Located<unknown>, "coding">): string {
  return coding === "base64" ? encodeBase64Text(value) : value;
}
