/**
 * What the pickle machine builds: Python's values before they become ours. A `number` or `bigint` is a Python
 * int. Containers are shared and may hold themselves, as in Python.
 */
export type Node =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | PyBytes
  | PyList
  | PyTuple
  | PyDict
  | PySet
  | PyGlobal
  | PyCall;

export class PyFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** bytes, bytearray, or a `str` of Python 2. */
export class PyBytes {
  readonly data: Uint8Array;
  readonly type: "bytes" | "bytearray" | "str";

  constructor(data: Uint8Array, type: "bytes" | "bytearray" | "str") {
    this.data = data;
    this.type = type;
  }
}

export class PyList {
  readonly items: Node[];

  constructor(items: Node[]) {
    this.items = items;
  }
}

export class PyTuple {
  readonly items: readonly Node[];

  constructor(items: readonly Node[]) {
    this.items = items;
  }
}

/** Key, value, key, value, … in the order in which they were set. */
export class PyDict {
  readonly entries: Node[];

  constructor(entries: Node[]) {
    this.entries = entries;
  }
}

export class PySet {
  readonly items: Node[];
  readonly frozen: boolean;

  constructor(items: Node[], frozen: boolean) {
    this.items = items;
    this.frozen = frozen;
  }
}

/** A class or function, by name only. */
export class PyGlobal {
  readonly dotted: string;
  /** What BUILD would have set on it. */
  state: Node | undefined;

  constructor(dotted: string) {
    this.dotted = dotted;
  }
}

/** The object that a call would have made, and what would have been put into it afterwards. */
export class PyCall {
  readonly callable: PyGlobal | PyCall;
  readonly args: PyTuple | PyCall;
  readonly kwargs: Node | undefined;
  state: Node | undefined;
  items: PyList | undefined;
  entries: PyDict | undefined;

  constructor(callable: PyGlobal | PyCall, args: PyTuple | PyCall, kwargs?: Node) {
    this.callable = callable;
    this.args = args;
    this.kwargs = kwargs;
  }
}
