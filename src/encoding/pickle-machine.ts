import { type Node, PyBytes, PyCall, PyDict, PyGlobal, PyList, PySet, PyTuple } from "./pickle-nodes.ts";
import { PickleFault, type PickleReader } from "./pickle-reader.ts";

/** Names longer than this are no names; it keeps the list of names small. In UTF-16 code units. */
const MAX_NAME_LENGTH = 256;

/** The node itself, unless Python could not hash it; tuples are not looked into. */
export function hashable(node: Node): Node {
  const isMutable =
    node instanceof PyList ||
    node instanceof PyDict ||
    (node instanceof PySet && !node.frozen) ||
    (node instanceof PyBytes && node.type === "bytearray");
  if (isMutable) throw new PickleFault("it uses what has no hash as a key");
  return node;
}

/**
 * The stack, marks and memo of CPython's Modules/_pickle.c, over nodes instead of live objects: names are
 * noted and calls recorded, nothing is imported or called.
 */
export class PickleMachine {
  readonly reader: PickleReader;
  readonly memo = new Map<number, Node>();
  /** Dotted names of all classes and functions met. */
  readonly names = new Set<string>();
  /** As the stream declares it. */
  protocol: number | undefined;
  #stack: Node[] = [];
  readonly #marks: number[] = [];

  constructor(reader: PickleReader) {
    this.reader = reader;
  }

  /** Entries below the last mark cannot be reached. */
  get #fence(): number {
    return this.#marks.at(-1) ?? 0;
  }

  push(node: Node): void {
    this.#stack.push(node);
  }

  top(): Node {
    const node = this.#stack.at(-1);
    if (node === undefined || this.#stack.length <= this.#fence) throw new PickleFault("the stack is empty");
    return node;
  }

  pop(): Node {
    const node = this.top();
    this.#stack.pop();
    return node;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popToMark(): Node[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new PickleFault("a mark is missing");
    return this.#stack.splice(mark);
  }

  /** POP removes a mark when there is nothing above it. */
  popOrUnmark(): void {
    if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
    else this.pop();
  }

  popPair(): [Node, Node] {
    const second = this.pop();
    return [this.pop(), second];
  }

  recall(index: number): void {
    const node = this.memo.get(index);
    if (node === undefined) throw new PickleFault("a memo entry is missing");
    this.push(node);
  }

  tuple(length: number): void {
    const items: Node[] = [];
    for (let count = 0; count < length; count++) items.unshift(this.pop());
    this.push(new PyTuple(items));
  }

  global(module: Node, name: Node): PyGlobal {
    if (typeof module !== "string" || typeof name !== "string") throw new PickleFault("a name is not text");
    if (Math.max(module.length, name.length) > MAX_NAME_LENGTH) throw new PickleFault("a name is too long");
    const dotted = `${module}.${name}`;
    this.names.add(dotted);
    return new PyGlobal(dotted);
  }

  call(callable: Node | undefined, args: Node, kwargs?: Node): void {
    if (!(callable instanceof PyGlobal || callable instanceof PyCall)) {
      throw new PickleFault("it calls what is not callable");
    }
    if (!(args instanceof PyTuple || args instanceof PyCall)) {
      throw new PickleFault("the arguments of a call are not a tuple");
    }
    this.push(new PyCall(callable, args, kwargs));
  }

  build(state: Node): void {
    const target = this.top();
    if (!(target instanceof PyCall || target instanceof PyGlobal)) {
      throw new PickleFault("it sets the state of plain data");
    }
    target.state = state;
  }

  append(items: readonly Node[]): void {
    const target = this.top();
    if (items.length === 0) return;
    if (target instanceof PyCall) target.items ??= new PyList([]);
    const list = target instanceof PyCall ? target.items : target;
    if (!(list instanceof PyList)) throw new PickleFault("it appends to what is not a list");
    for (const item of items) list.items.push(item);
  }

  addToSet(items: readonly Node[]): void {
    const target = this.top();
    if (items.length === 0) return;
    if (target instanceof PyCall) this.append(items);
    else if (target instanceof PySet && !target.frozen) {
      for (const item of items) target.items.push(hashable(item));
    } else throw new PickleFault("it adds to what is not a set");
  }

  setEntries(entries: readonly Node[]): void {
    const target = this.top();
    if (entries.length === 0) return;
    if (target instanceof PyCall) target.entries ??= new PyDict([]);
    const dict = target instanceof PyCall ? target.entries : target;
    if (!(dict instanceof PyDict)) throw new PickleFault("it sets keys of what is not a dict");
    if (entries.length % 2 !== 0) throw new PickleFault("a key has no value");
    entries.forEach((entry, index) => {
      dict.entries.push(index % 2 === 0 ? hashable(entry) : entry);
    });
  }
}
