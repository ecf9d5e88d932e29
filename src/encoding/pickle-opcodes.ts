import { toHex } from "./hex.ts";
import {
  decodeInteger,
  decodeRawUnicodeEscape,
  decodeUtf8,
  parseFloatLine,
  parseIndex,
  parseInteger,
  parseQuotedBytes,
} from "./pickle-literals.ts";
import { hashable, type PickleMachine } from "./pickle-machine.ts";
import { type Node, PyBytes, PyDict, PyFloat, PyList, PySet, PyTuple } from "./pickle-nodes.ts";
import { PickleFault } from "./pickle-reader.ts";

interface Opcode {
  /** As CPython's Lib/pickletools.py calls it. */
  readonly name: string;
  /** The protocol that introduced it. */
  readonly protocol: number;
  run(machine: PickleMachine): void;
}

type Row = readonly [code: string, name: string, protocol: number, run: (machine: PickleMachine) => void];

const HIGHEST_PROTOCOL = 5;

function bytesOf(machine: PickleMachine, length: number, type: PyBytes["type"]): void {
  machine.push(new PyBytes(machine.reader.bytes(length).slice(), type));
}

function textOf(machine: PickleMachine, length: number): void {
  machine.push(decodeUtf8(machine.reader.bytes(length)));
}

function signedLength(machine: PickleMachine): number {
  const length = machine.reader.int4();
  if (length < 0) throw new PickleFault("a length is negative");
  return length;
}

function lineGlobal(machine: PickleMachine) {
  const module = decodeUtf8(machine.reader.line());
  const name = decodeUtf8(machine.reader.line());
  if (module === "" || name === "") throw new PickleFault("a name is empty");
  return machine.global(module, name);
}

function booleanOrInteger(machine: PickleMachine): void {
  const line = machine.reader.line();
  const last = line[1];
  const isBoolean = line.length === 2 && line[0] === 0x30 && (last === 0x30 || last === 0x31);
  machine.push(isBoolean ? last === 0x31 : parseInteger(line));
}

function dict(machine: PickleMachine): void {
  const entries = machine.popToMark();
  machine.push(new PyDict([]));
  machine.setEntries(entries);
}

function oldStyleObject(machine: PickleMachine): void {
  const [callable, ...args] = machine.popToMark();
  machine.call(callable, new PyTuple(args));
}

function newObjectEx(machine: PickleMachine): void {
  const kwargs = machine.pop();
  const [callable, args] = machine.popPair();
  machine.call(callable, args, kwargs);
}

/** The registry of extension codes is the application's own, so the code stands for the name. */
function extension(machine: PickleMachine, code: number): void {
  if (code <= 0) throw new PickleFault("an extension code is not positive");
  machine.push(machine.global("copyreg", `extension_${code}`));
}

function persistent(machine: PickleMachine, id: PyTuple): void {
  machine.call(machine.global("pickle", "persistent_load"), id);
}

function protocol(machine: PickleMachine): void {
  machine.protocol = machine.reader.uint1();
  if (machine.protocol > HIGHEST_PROTOCOL) throw new PickleFault("the protocol is unknown");
}

function readOnlyBuffer(machine: PickleMachine): void {
  if (!(machine.top() instanceof PyBytes)) throw new PickleFault("it makes a buffer of what holds no bytes");
}

function memoize(machine: PickleMachine): void {
  machine.memo.set(machine.memo.size, machine.top());
}

const ROWS: readonly Row[] = [
  ["\x80", "PROTO", 2, protocol],
  ["\x95", "FRAME", 4, (m) => m.reader.require(m.reader.uint8())],
  ["N", "NONE", 0, (m) => m.push(null)],
  ["\x88", "NEWTRUE", 2, (m) => m.push(true)],
  ["\x89", "NEWFALSE", 2, (m) => m.push(false)],
  ["I", "INT", 0, booleanOrInteger],
  ["J", "BININT", 1, (m) => m.push(m.reader.int4())],
  ["K", "BININT1", 1, (m) => m.push(m.reader.uint1())],
  ["M", "BININT2", 1, (m) => m.push(m.reader.uint2())],
  ["L", "LONG", 0, (m) => m.push(parseInteger(m.reader.line()))],
  ["\x8a", "LONG1", 2, (m) => m.push(decodeInteger(m.reader.bytes(m.reader.uint1())))],
  ["\x8b", "LONG4", 2, (m) => m.push(decodeInteger(m.reader.bytes(signedLength(m))))],
  ["F", "FLOAT", 0, (m) => m.push(parseFloatLine(m.reader.line()))],
  ["G", "BINFLOAT", 1, (m) => m.push(new PyFloat(m.reader.float8()))],
  ["S", "STRING", 0, (m) => m.push(parseQuotedBytes(m.reader.line()))],
  ["T", "BINSTRING", 1, (m) => bytesOf(m, signedLength(m), "str")],
  ["U", "SHORT_BINSTRING", 1, (m) => bytesOf(m, m.reader.uint1(), "str")],
  ["B", "BINBYTES", 3, (m) => bytesOf(m, m.reader.uint4(), "bytes")],
  ["C", "SHORT_BINBYTES", 3, (m) => bytesOf(m, m.reader.uint1(), "bytes")],
  ["\x8e", "BINBYTES8", 4, (m) => bytesOf(m, m.reader.uint8(), "bytes")],
  ["\x96", "BYTEARRAY8", 5, (m) => bytesOf(m, m.reader.uint8(), "bytearray")],
  ["\x98", "READONLY_BUFFER", 5, readOnlyBuffer],
  ["V", "UNICODE", 0, (m) => m.push(decodeRawUnicodeEscape(m.reader.line()))],
  ["X", "BINUNICODE", 1, (m) => textOf(m, m.reader.uint4())],
  ["\x8c", "SHORT_BINUNICODE", 4, (m) => textOf(m, m.reader.uint1())],
  ["\x8d", "BINUNICODE8", 4, (m) => textOf(m, m.reader.uint8())],
  ["(", "MARK", 0, (m) => m.mark()],
  ["0", "POP", 0, (m) => m.popOrUnmark()],
  ["1", "POP_MARK", 1, (m) => m.popToMark()],
  ["2", "DUP", 0, (m) => m.push(m.top())],
  ["]", "EMPTY_LIST", 1, (m) => m.push(new PyList([]))],
  ["l", "LIST", 0, (m) => m.push(new PyList(m.popToMark()))],
  ["a", "APPEND", 0, (m) => m.append([m.pop()])],
  ["e", "APPENDS", 1, (m) => m.append(m.popToMark())],
  [")", "EMPTY_TUPLE", 1, (m) => m.tuple(0)],
  ["\x85", "TUPLE1", 2, (m) => m.tuple(1)],
  ["\x86", "TUPLE2", 2, (m) => m.tuple(2)],
  ["\x87", "TUPLE3", 2, (m) => m.tuple(3)],
  ["t", "TUPLE", 0, (m) => m.push(new PyTuple(m.popToMark()))],
  ["}", "EMPTY_DICT", 1, (m) => m.push(new PyDict([]))],
  ["d", "DICT", 0, dict],
  ["s", "SETITEM", 0, (m) => m.setEntries(m.popPair())],
  ["u", "SETITEMS", 1, (m) => m.setEntries(m.popToMark())],
  ["\x8f", "EMPTY_SET", 4, (m) => m.push(new PySet([], false))],
  ["\x90", "ADDITEMS", 4, (m) => m.addToSet(m.popToMark())],
  ["\x91", "FROZENSET", 4, (m) => m.push(new PySet(m.popToMark().map(hashable), true))],
  ["p", "PUT", 0, (m) => m.memo.set(parseIndex(m.reader.line()), m.top())],
  ["q", "BINPUT", 1, (m) => m.memo.set(m.reader.uint1(), m.top())],
  ["r", "LONG_BINPUT", 1, (m) => m.memo.set(m.reader.uint4(), m.top())],
  ["\x94", "MEMOIZE", 4, memoize],
  ["g", "GET", 0, (m) => m.recall(parseIndex(m.reader.line()))],
  ["h", "BINGET", 1, (m) => m.recall(m.reader.uint1())],
  ["j", "LONG_BINGET", 1, (m) => m.recall(m.reader.uint4())],
  ["c", "GLOBAL", 0, (m) => m.push(lineGlobal(m))],
  ["\x93", "STACK_GLOBAL", 4, (m) => m.push(m.global(...m.popPair()))],
  ["\x82", "EXT1", 2, (m) => extension(m, m.reader.uint1())],
  ["\x83", "EXT2", 2, (m) => extension(m, m.reader.uint2())],
  ["\x84", "EXT4", 2, (m) => extension(m, m.reader.int4())],
  ["R", "REDUCE", 0, (m) => m.call(...m.popPair())],
  ["i", "INST", 0, (m) => m.call(lineGlobal(m), new PyTuple(m.popToMark()))],
  ["o", "OBJ", 1, oldStyleObject],
  ["\x81", "NEWOBJ", 2, (m) => m.call(...m.popPair())],
  ["\x92", "NEWOBJ_EX", 4, newObjectEx],
  ["b", "BUILD", 0, (m) => m.build(m.pop())],
  ["P", "PERSID", 0, (m) => persistent(m, new PyTuple([decodeUtf8(m.reader.line())]))],
  ["Q", "BINPERSID", 1, (m) => persistent(m, new PyTuple([m.pop()]))],
];

/** NEXT_BUFFER is left out: a cookie has no buffers beside it. */
const OPCODES: ReadonlyMap<number, Opcode> = new Map(
  ROWS.map(([code, name, protocol, run]) => [code.charCodeAt(0), { name, protocol, run }]),
);

export const STOP = 0x2e;

/**
 * Runs a pickle up to its STOP. `protocol` is the declared one, or else that of the newest opcode.
 * Follows CPython's Modules/_pickle.c and Lib/pickletools.py, protocols 0 to 5.
 * @throws {PickleFault} naming the opcode at fault and its byte
 */
export function runPickle(machine: PickleMachine): { root: Node; protocol: number } {
  const { reader } = machine;
  let newest = 0;
  let start = 0;
  let opcode: Opcode | undefined;
  try {
    for (;;) {
      start = reader.offset;
      opcode = undefined;
      const code = reader.uint1();
      if (code === STOP) return { root: machine.pop(), protocol: machine.protocol ?? newest };
      opcode = OPCODES.get(code);
      if (opcode === undefined) throw new PickleFault(`unknown opcode 0x${toHex(Uint8Array.of(code))}`);
      newest = Math.max(newest, opcode.protocol);
      opcode.run(machine);
    }
  } catch (error) {
    if (!(error instanceof PickleFault)) throw error;
    const place = opcode === undefined ? `at byte ${start}` : `at byte ${start}, in ${opcode.name}`;
    throw new PickleFault(`${place}: ${error.message}`);
  }
}
