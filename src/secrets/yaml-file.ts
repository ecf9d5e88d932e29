import { isAlias, isCollection, isMap, isScalar, isSeq, type Pair, visit } from "yaml";
import { fail } from "../core/failure.ts";
import { ok } from "../core/result.ts";
import type { DocumentResult, SecretDocument, SecretKeys } from "./document.ts";
import { type Edit, makeDocument } from "./editor.ts";
import { lineNumber, putStateAbove, type StateLine, stateAbove } from "./state-line.ts";
import { type Leaf, locatePath, type Tree } from "./tree.ts";
import { openTree } from "./tree-file.ts";
import { parseYaml, type YamlDocument } from "./yaml-parse.ts";
import { scalarText, spell, styleOf } from "./yaml-scalar.ts";
import { addMember, replaceList, replaceScalar, type SourceList } from "./yaml-write.ts";

/** Syntax of YAML, so that plain text stays plain, and what shells and templates expand. */
const AWKWARD = "$#'\"`\\,:!@%&*?{}[]|> ";

/** A YAML file, of one or more documents. The state is a comment above the secret. */
export function openYaml(text: string, keys: SecretKeys): DocumentResult<SecretDocument> {
  return makeDocument("yaml", text, keys, (current) => {
    const tree = readYamlFile(current);
    return tree.ok ? openTree(tree.value, keys, locatePath, AWKWARD) : tree;
  });
}

export function readYamlFile(text: string): DocumentResult<YamlFile> {
  const parsed = parseYaml(text);
  if (parsed.documents !== undefined) return ok(new YamlFile(text, parsed.documents));
  const where = parsed.errorAt === undefined ? "" : ` at line ${lineNumber(text, parsed.errorAt)}`;
  return fail("unreadable", `the file is not valid YAML${where}`);
}

interface YamlPlace {
  readonly document: YamlDocument;
  /** Undefined: the place is the whole document. */
  readonly pair: Pair | undefined;
  readonly value: unknown;
  /** Stands in a mapping in braces. */
  readonly flow: boolean;
}

class YamlFile implements Tree<YamlPlace> {
  readonly roots: readonly YamlPlace[];
  readonly text: string;

  constructor(text: string, documents: readonly YamlDocument[]) {
    this.text = text;
    this.roots = documents.map((document) => ({
      document,
      pair: undefined,
      value: document.contents,
      flow: false,
    }));
  }

  members({ document, value }: YamlPlace, key: string): readonly YamlPlace[] {
    if (!isMap(value)) return [];
    return value.items
      .filter((pair) => isScalar(pair.key) && String(pair.key.value) === key)
      .map((pair) => ({ document, pair, value: pair.value, flow: value.flow === true }));
  }

  leaf({ document, value }: YamlPlace): Leaf {
    if (isAlias(value)) return { kind: "shared" };
    if (referred(document, value)) return { kind: "shared" };
    if (isMap(value)) return { kind: "other", what: "a mapping" };
    if (isSeq(value)) return listLeaf(document, value.items);
    return scalarLeaf(value);
  }

  rest(except: readonly YamlPlace[]): string {
    const pairs = new Set(except.map(({ pair }) => pair));
    const said: unknown[] = [];
    for (const { document } of this.roots) {
      said.push("---");
      visit(document, {
        Pair: (_, pair) => (pairs.has(pair) ? visit.SKIP : undefined),
        Node: (_, node, path) => {
          const own = isScalar(node)
            ? [node.value, node.type]
            : isAlias(node)
              ? [node.source]
              : [isMap(node)];
          said.push([path.length, node.tag, "anchor" in node ? node.anchor : undefined, ...own.map(String)]);
        },
      });
    }
    return JSON.stringify(said);
  }

  setText({ value }: YamlPlace, text: string): readonly Edit[] {
    return isScalar(value) ? replaceScalar(this.text, value, text) : [];
  }

  setList({ pair, value }: YamlPlace, values: readonly string[]): readonly Edit[] {
    if (isScalar(value)) {
      const [start = 0, end = 0] = value.range ?? [];
      const space = /\s$/.test(this.text.slice(0, start)) ? "" : " ";
      return [
        { start, end, text: `${space}[${values.map((one) => spell(one, "QUOTE_DOUBLE")).join(", ")}]` },
      ];
    }
    const list = sourceList(value, pair);
    return list ? replaceList(this.text, list, values) : [];
  }

  add(after: YamlPlace, key: string, content: string | readonly string[]): readonly Edit[] {
    const { pair, value, flow } = after;
    if (!isScalar(pair?.key) || !isScalar(value)) return [];
    const [keyStart = 0, keyEnd = 0] = pair.key.range ?? [];
    const [, valueEnd = 0] = value.range ?? [];
    return addMember(this.text, { keyStart, keyEnd, valueEnd, style: styleOf(value), flow }, key, content);
  }

  state(place: YamlPlace): string | undefined {
    return this.#stateLine(place)?.text;
  }

  setState(place: YamlPlace, text: string): readonly Edit[] {
    const at = keyStart(place);
    return at === undefined ? [] : [putStateAbove(this.text, at, this.#stateLine(place), text)];
  }

  #stateLine(place: YamlPlace): StateLine | undefined {
    const at = keyStart(place);
    const line = at === undefined ? undefined : stateAbove(this.text, at);
    return line && !this.#insideScalar(line.start) ? line : undefined;
  }

  #insideScalar(at: number): boolean {
    let inside = false;
    for (const { document } of this.roots)
      visit(document, {
        Scalar: (_, { range }) => {
          inside ||= range != null && range[0] < at && at < range[1];
        },
      });
    return inside;
  }
}

function keyStart({ pair }: YamlPlace): number | undefined {
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

/** An alias elsewhere in the document stands for this value, or for something in it. */
function referred(document: YamlDocument, value: unknown): boolean {
  const anchors = new Set<string>();
  if (isScalar(value) || isCollection(value))
    visit(value, {
      Value: (_, { anchor }) => {
        if (anchor !== undefined) anchors.add(anchor);
      },
    });
  let found = false;
  if (anchors.size > 0)
    visit(document, {
      Alias: (_, { source }) => {
        found ||= anchors.has(source);
      },
    });
  return found;
}

function scalarLeaf(value: unknown): Leaf {
  if (value === null || (isScalar(value) && value.value === null)) return { kind: "nothing" };
  if (!isScalar(value)) return { kind: "other", what: "no text" };
  if (value.tag !== undefined && value.tag !== "tag:yaml.org,2002:str")
    return { kind: "other", what: `tagged ${value.tag}` };
  const text = scalarText(value);
  if (text !== undefined) return { kind: "text", value: text };
  return { kind: "other", what: "not in quotes and no text to every reader of YAML" };
}

function listLeaf(document: YamlDocument, items: readonly unknown[]): Leaf {
  const leaves = items.map((item) =>
    isAlias(item) || referred(document, item) ? undefined : scalarLeaf(item),
  );
  const values = leaves.flatMap((leaf) => (leaf?.kind === "text" ? [leaf.value] : []));
  if (values.length === items.length) return { kind: "list", values };
  return { kind: "other", what: "a list of other things than texts in quotes" };
}

function sourceList(value: unknown, pair: Pair | undefined): SourceList | undefined {
  if (!isSeq(value) || !isScalar(pair?.key)) return undefined;
  const [start = 0, end = 0] = value.range ?? [];
  const items = value.items.filter((item) => isScalar(item));
  return {
    start,
    end,
    keyEnd: pair.key.range?.[1] ?? 0,
    flow: value.flow === true,
    style: items[0] ? styleOf(items[0]) : "QUOTE_DOUBLE",
    items: items.map((item) => ({
      start: item.range?.[0] ?? 0,
      end: item.range?.[1] ?? 0,
      value: String(item.value),
    })),
  };
}
