import { fail } from "../core/failure.ts";
import { ok } from "../core/result.ts";
import type { DocumentResult, SecretDocument, SecretKeys } from "./document.ts";
import { type Edit, makeDocument } from "./editor.ts";
import { writeFlowList } from "./flow-list.ts";
import { type JsonChild, type JsonNode, readJsonTree } from "./json-tree.ts";
import { type Leaf, locatePath, type Tree } from "./tree.ts";
import { openTree } from "./tree-file.ts";

const AWKWARD = '"\\';

/** A JSON file. The state is a sibling of the secret: `"_cookiesess_SECRET_KEY": {…}`. */
export function openJson(text: string, keys: SecretKeys): DocumentResult<SecretDocument> {
  return makeDocument("json", text, keys, (current) => {
    const tree = readJsonFile(current, siblingState);
    return tree.ok ? openTree(tree.value, keys, locatePath, AWKWARD) : tree;
  });
}

export type JsonMember = JsonChild & { readonly key: string; readonly parent: JsonNode };

/** Where a tree keeps the state of a member. */
export type StatePlace = (tree: JsonFile, member: JsonMember) => JsonStatePlace;

interface JsonStatePlace {
  readonly state: string | undefined;
  put(text: string): readonly Edit[];
}

export function readJsonFile(text: string, place: StatePlace): DocumentResult<JsonFile> {
  const root = readJsonTree(text);
  return root === undefined
    ? fail("unreadable", "the file is not valid JSON", {
        hint: "JSON has no comments and no trailing commas",
      })
    : ok(new JsonFile(text, root, place));
}

export class JsonFile implements Tree<JsonMember> {
  readonly roots: readonly JsonMember[];
  readonly text: string;
  readonly #place: StatePlace;

  constructor(text: string, root: JsonNode, place: StatePlace) {
    this.text = text;
    this.roots = [{ key: "", keyStart: 0, keyEnd: 0, node: root, parent: root }];
    this.#place = place;
  }

  members({ node }: { readonly node: JsonNode }, key: string): readonly JsonMember[] {
    if (node.kind !== "object") return [];
    return node.children
      .filter((child) => child.key === key)
      .map((child) => ({ ...child, key, parent: node }));
  }

  leaf({ node }: JsonMember): Leaf {
    if (node.kind === "object") return { kind: "other", what: "an object" };
    if (node.kind === "array") {
      const values = node.children.map((child) => this.#scalar(child.node));
      const texts = values.filter((value) => typeof value === "string");
      if (texts.length < values.length) return { kind: "other", what: "a list of other things than texts" };
      return { kind: "list", values: texts };
    }
    const value = this.#scalar(node);
    if (typeof value === "string") return { kind: "text", value };
    return value === null ? { kind: "nothing" } : { kind: "other", what: `a ${typeof value}` };
  }

  /** Whatever is spliced into JSON is JSON, so that nothing else can change. */
  rest(): string {
    return "";
  }

  setText({ node: { start, end } }: JsonMember, value: string): readonly Edit[] {
    return [{ start, end, text: JSON.stringify(value) }];
  }

  setList(member: JsonMember, values: readonly string[]): readonly Edit[] {
    const { start, end, children } = member.node;
    const items = children.map(({ node }) => ({ ...node, value: String(this.#scalar(node)) }));
    return [
      {
        start,
        end,
        text: writeFlowList(this.text, { start, end, items }, values, spell, this.#separator(member)),
      },
    ];
  }

  add(after: JsonMember, key: string, content: string | readonly string[]): readonly Edit[] {
    const { end } = after.node;
    const value =
      typeof content === "string" ? spell(content) : `[${content.map(spell).join(this.#separator(after))}]`;
    return [{ start: end, end, text: `,${this.gap(after)}${spell(key)}${this.colon(after)}${value}` }];
  }

  state(member: JsonMember): string | undefined {
    return this.#place(this, member).state;
  }

  setState(member: JsonMember, text: string): readonly Edit[] {
    return this.#place(this, member).put(text);
  }

  source({ start, end }: JsonNode): string {
    return this.text.slice(start, end);
  }

  /** A new member directly before one, in its layout. */
  insertBefore(member: JsonMember, key: string, value: string): Edit {
    const { keyStart } = member;
    const text = `${spell(key)}${this.colon(member)}${value},${this.gap(member)}`;
    return { start: keyStart, end: keyStart, text };
  }

  /** White space between a comma and the next member, blank lines left out. */
  gap(member: JsonMember): string {
    const { keyStart } = member.parent.children[1] ?? member;
    const gap = /(?:\r\n|\n|\r)?[ \t]*$/.exec(this.text.slice(0, keyStart))?.[0] ?? "";
    return gap === "" && this.colon(member).endsWith(" ") ? " " : gap;
  }

  colon({ keyEnd, node }: JsonChild): string {
    return this.text.slice(keyEnd, node.start);
  }

  #separator(member: JsonMember): string {
    return this.colon(member).endsWith(" ") ? ", " : ",";
  }

  #scalar(node: JsonNode): unknown {
    return node.kind === "scalar" ? JSON.parse(this.source(node)) : {};
  }
}

function spell(text: string): string {
  return JSON.stringify(text);
}

const siblingState: StatePlace = (tree, member) => {
  const key = `_cookiesess_${member.key}`;
  const node = tree.members({ node: member.parent }, key)[0]?.node;
  return {
    state: node && tree.source(node),
    put: (text) => [node ? { start: node.start, end: node.end, text } : tree.insertBefore(member, key, text)],
  };
};
