import type { DocumentResult, SecretDocument, SecretKeys } from "./document.ts";
import { type Edit, makeDocument } from "./editor.ts";
import { type JsonFile, type JsonMember, readJsonFile, type StatePlace } from "./json-file.ts";
import type { Locate, Tree } from "./tree.ts";
import { openTree } from "./tree-file.ts";
import { readYamlFile } from "./yaml-file.ts";

/** Kubernetes expands `$(NAME)`; commas stand between the fallbacks. */
const AWKWARD = "$#'\"`\\,";

/**
 * A manifest with `kind: Secret`, other documents beside it allowed: `data` is base64, `stringData` plain. The
 * fallbacks are one text: between commas, or a JSON array. In JSON the state is an annotation.
 */
export function openKubernetes(text: string, keys: SecretKeys): DocumentResult<SecretDocument> {
  return makeDocument("kubernetes", text, keys, (current) => {
    if (!isJson(current)) {
      const yaml = readYamlFile(current);
      return yaml.ok ? openTree(yaml.value, keys, locateInSecret, AWKWARD) : yaml;
    }
    const json = readJsonFile(current, annotation);
    return json.ok ? openTree(json.value, keys, locateInSecret, AWKWARD) : json;
  });
}

/** Whether a JSON or YAML text has a document with `kind: Secret`. */
export function hasKubernetesSecret(text: string): boolean {
  if (!isJson(text)) {
    const yaml = readYamlFile(text);
    return yaml.ok && secretsOf(yaml.value).length > 0;
  }
  const json = readJsonFile(text, annotation);
  return json.ok && secretsOf(json.value).length > 0;
}

function isJson(text: string): boolean {
  return /^[\uFEFF\s]*\{/.test(text);
}

function secretsOf<Place>(tree: Tree<Place>): readonly Place[] {
  return tree.roots.filter((root) =>
    tree.members(root, "kind").some((place) => {
      const leaf = tree.leaf(place);
      return leaf.kind === "text" && leaf.value === "Secret";
    }),
  );
}

const SECTIONS = [
  ["data", "base64"],
  ["stringData", "text"],
] as const;

const locateInSecret: Locate = (tree, key) =>
  secretsOf(tree).flatMap((root) =>
    SECTIONS.flatMap(([section, coding]) =>
      tree
        .members(root, section)
        .flatMap((members) => tree.members(members, key))
        .map((place) => ({ place, prefix: "", coding })),
    ),
  );

/** `metadata.annotations["cookiesess/KEY"]`: a sibling would become data of the secret. */
const annotation: StatePlace = (tree, member) => {
  const path = ["metadata", "annotations", `cookiesess/${member.key}`];
  const [root] = tree.roots;
  const place = path.reduce<JsonMember | undefined>((from, key) => from && tree.members(from, key)[0], root);
  const leaf = place && tree.leaf(place);
  return {
    state: leaf?.kind === "text" ? leaf.value : undefined,
    put: (text) => (root ? put(tree, root, path, JSON.stringify(text)) : []),
  };
};

function put(tree: JsonFile, object: JsonMember, path: readonly string[], value: string): readonly Edit[] {
  const [key = "", ...below] = path;
  const { node } = object;
  if (node.kind !== "object") return [];
  const [found] = tree.members(object, key);
  if (found !== undefined) {
    if (below.length > 0) return put(tree, found, below, value);
    return [{ start: found.node.start, end: found.node.end, text: value }];
  }
  const nested = below.reduceRight((inner, name) => `{${JSON.stringify(name)}: ${inner}}`, value);
  const first = node.children[0];
  if (first === undefined)
    return [{ start: node.start, end: node.end, text: `{${JSON.stringify(key)}: ${nested}}` }];
  return [tree.insertBefore({ ...first, key: "", parent: node }, key, nested)];
}
