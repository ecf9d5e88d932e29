import { type Call, describeCall } from "./pickle-classes.ts";
import {
  type Node,
  PyBytes,
  PyCall,
  PyDict,
  PyFloat,
  PyGlobal,
  PyList,
  PySet,
  PyTuple,
} from "./pickle-nodes.ts";
import { type Entry, ObjectBuilder } from "./pickle-objects.ts";
import { PickleFault } from "./pickle-reader.ts";
import { floatRepr } from "./pickle-repr.ts";
import { Foreign, keepSource, type Value } from "./values.ts";

/** Nodes of the tree in which everything shared is written out, one more for every 16 bytes of text. */
const MAX_SIZE = 1_000_000;
const TEXT_PER_NODE = 16;
/** The class name of what a computed function would return. */
const NAMELESS = "pickle.call";

type Container = PyList | PyTuple | PyDict | PySet | PyGlobal | PyCall;

interface Frame {
  readonly node: Container;
  readonly children: readonly Node[];
  readonly values: Value[];
  readonly sizeBefore: number;
  /** Levels of nesting from the root to here. */
  readonly depth: number;
  /** Levels below, as far as known. */
  height: number;
}

interface Done {
  readonly value: Value;
  readonly size: number;
  readonly height: number;
}

/**
 * Turns the machine's graph into a tree of values. What is shared stays shared; a reference back to a
 * container that encloses it becomes `Foreign("recursion", null)`.
 * @throws {PickleFault} when written out it is nested deeper than `maxDepth` or larger than 1,000,000 nodes
 */
export class ValueBuilder {
  readonly #maxDepth: number;
  readonly #objects = new ObjectBuilder();
  readonly #open = new Set<Container>();
  readonly #done = new Map<Container, Done>();
  readonly #frames: Frame[] = [];
  #size = 0;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  build(root: Node): Value {
    const result: Value[] = [];
    this.#visit(root, result, undefined);
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      const child = frame.children[frame.values.length];
      if (child !== undefined) this.#visit(child, frame.values, frame);
      else this.#finish(frame, result);
    }
    return result[0] ?? null;
  }

  /** Adds the node's value to `values`, or opens a frame that will. */
  #visit(node: Node, values: Value[], parent: Frame | undefined): void {
    if (!isContainer(node)) {
      const value = leafValue(node);
      this.#spend(1 + Math.floor(textLength(value) / TEXT_PER_NODE));
      values.push(value);
      return;
    }
    const done = this.#done.get(node);
    if (done !== undefined) {
      this.#spend(done.size);
      if (parent !== undefined) this.#raise(parent, done.height);
      values.push(done.value);
    } else if (this.#open.has(node)) {
      this.#spend(1);
      values.push(new Foreign("recursion", null));
    } else {
      this.#enter(node, parent?.depth ?? 0);
    }
  }

  #enter(node: Container, above: number): void {
    const height = levelsOf(node);
    const depth = above + height;
    if (depth > this.#maxDepth) throw new PickleFault(`it is nested deeper than ${this.#maxDepth} levels`);
    this.#open.add(node);
    const frame = { node, children: childrenOf(node), values: [], sizeBefore: this.#size, depth, height };
    this.#frames.push(frame);
    this.#spend(1 + (node instanceof PyGlobal ? Math.floor(node.dotted.length / TEXT_PER_NODE) : 0));
  }

  #finish(frame: Frame, result: Value[]): void {
    this.#frames.pop();
    this.#open.delete(frame.node);
    const value = this.#assemble(frame);
    this.#done.set(frame.node, { value, size: this.#size - frame.sizeBefore, height: frame.height });
    const parent = this.#frames.at(-1);
    if (parent !== undefined) this.#raise(parent, frame.height);
    (parent?.values ?? result).push(value);
  }

  #raise(parent: Frame, height: number): void {
    if (parent.depth + height > this.#maxDepth) {
      throw new PickleFault(`it is nested deeper than ${this.#maxDepth} levels`);
    }
    parent.height = Math.max(parent.height, levelsOf(parent.node) + height);
  }

  #spend(size: number): void {
    this.#size += size;
    if (this.#size > MAX_SIZE) throw new PickleFault("it is too large when everything shared is written out");
  }

  #assemble({ node, children, values }: Frame): Value {
    if (node instanceof PyDict) return this.#objects.build(entriesOf(children, values));
    if (node instanceof PySet) return new Set(values);
    if (node instanceof PyCall) return describeCall(callOf(node, values), this.#objects);
    if (node instanceof PyGlobal) {
      return new Foreign(node.dotted, values[0] === undefined ? null : { state: values[0] });
    }
    const spelling = spellingsOf(children);
    const isTuple = node instanceof PyTuple;
    if (!isTuple && spelling === undefined) return values;
    return keepSource(values, { ...(isTuple && { tuple: true }), ...(spelling && { spelling }) });
  }
}

function isContainer(node: Node): node is Container {
  return (
    node instanceof PyList ||
    node instanceof PyTuple ||
    node instanceof PyDict ||
    node instanceof PySet ||
    node instanceof PyGlobal ||
    node instanceof PyCall
  );
}

/** A class or call becomes a description that holds an object. */
function levelsOf(node: Container): number {
  return node instanceof PyCall || node instanceof PyGlobal ? 2 : 1;
}

function leafValue(node: Exclude<Node, Container>): Value {
  if (node instanceof PyFloat) return node.value;
  if (node instanceof PyBytes) return node.type === "str" ? (asciiText(node.data) ?? node.data) : node.data;
  return node;
}

function asciiText(data: Uint8Array): string | undefined {
  return data.every((byte) => byte < 0x80) ? new TextDecoder().decode(data) : undefined;
}

/** In characters or bytes; of a bigint, its hexadecimal digits. */
function textLength(value: Value): number {
  if (typeof value === "string" || value instanceof Uint8Array) return value.length;
  if (typeof value === "bigint") return value.toString(16).length;
  return 0;
}

function spelled(node: Node | undefined): string | undefined {
  return node instanceof PyFloat && Number.isInteger(node.value) ? floatRepr(node.value) : undefined;
}

function spellingsOf(children: readonly Node[]): ReadonlyMap<string, string> | undefined {
  let spellings: Map<string, string> | undefined;
  children.forEach((child, index) => {
    const spelling = spelled(child);
    if (spelling === undefined) return;
    spellings ??= new Map();
    spellings.set(String(index), spelling);
  });
  return spellings;
}

function childrenOf(node: Container): readonly Node[] {
  if (node instanceof PyDict) return node.entries;
  if (!(node instanceof PyCall || node instanceof PyGlobal)) return node.items;
  return partsOf(node).filter((part) => part !== undefined);
}

function partsOf(node: PyCall | PyGlobal): readonly (Node | undefined)[] {
  if (node instanceof PyGlobal) return [node.state];
  const callable = node.callable instanceof PyCall ? node.callable : undefined;
  return [callable, node.args, node.kwargs, node.state, node.items, node.entries];
}

/** Puts the values back at the places that their nodes have among the parts. */
function callOf(node: PyCall, values: readonly Value[]): Call {
  let next = 0;
  const parts = partsOf(node).map((part) => (part === undefined ? undefined : values[next++]));
  const [callable, args = [], kwargs, state, items, entries] = parts;
  const name = node.callable instanceof PyGlobal ? node.callable.dotted : NAMELESS;
  return { name, callable, args, kwargs, state, items, entries };
}

function entriesOf(children: readonly Node[], values: readonly Value[]): Entry[] {
  const entries: Entry[] = [];
  for (let index = 0; index + 1 < values.length; index += 2) {
    entries.push({
      key: values[index] ?? null,
      value: values[index + 1] ?? null,
      keySpelling: spelled(children[index]),
      valueSpelling: spelled(children[index + 1]),
    });
  }
  return entries;
}
