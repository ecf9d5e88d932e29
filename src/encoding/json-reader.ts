import { fail } from "../core/failure.ts";
import { ok, type Result } from "../core/result.ts";
import { keepSource, type Source, setKey, type Value, type ValueObject } from "./values.ts";

/** Where JSON dialects differ. */
export interface JsonDialect {
  /** Accept `NaN`, `Infinity` and `-Infinity`. */
  readonly constants: boolean;
  /** `-0` is a negative zero, not the integer 0. */
  readonly signedZero: boolean;
  /** Most digits of an integer; more is refused. */
  readonly maxDigits: number;
  /** How the dialect's own writer spells a number; another spelling is kept beside the value. */
  spell(value: number): string;
  /** The spelling to keep of a number with a fraction or an exponent. Default: the one that it came with. */
  respell?(value: number): string;
}

export interface JsonReading {
  readonly maxDepth: number;
  /**
   * Numbers are to be written as the language that reads this text spells them: `1E5` by Python as `100000.0`. For what
   * people write; what a cookie holds keeps its spelling.
   */
  readonly respell?: boolean;
}

interface Frame {
  readonly container: Value[] | ValueObject;
  readonly isArray: boolean;
  /** Keys as they came, only for objects. */
  readonly keys: string[];
  readonly seen: Set<string>;
  key: string;
  reordered: boolean;
  spelling: Map<string, string> | undefined;
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;
const HEX4 = /[0-9a-fA-F]{4}/y;
const CONSTANTS = /true|false|null/y;
const PYTHON_CONSTANTS = /true|false|null|NaN|-?Infinity/y;
const CONSTANT_VALUES: Readonly<Record<string, Value>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
  true: true,
  false: false,
  null: null,
};
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
/** JavaScript moves such keys to the front of an object. */
const INTEGER_KEY = /^(?:0|[1-9]\d{0,9})$/;

class SyntaxFault extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

/**
 * Reads JSON without losing anything JavaScript would: integers beyond 2^53 become `bigint`, the spelling of
 * other numbers and the order of integer-like keys are kept beside the containers (see `sourceOf`). Duplicate
 * keys: the last value, at the first position. Nesting uses no native stack.
 *
 * Fails with `bad-payload` on a syntax error, a container nested deeper than `maxDepth`, or too many digits.
 */
export function readJson(text: string, maxDepth: number, dialect: JsonDialect): Result<Value> {
  try {
    return ok(new JsonReader(text, maxDepth, dialect).read());
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    return fail("bad-payload", `not JSON: ${fault.message} at character ${fault.position}`);
  }
}

class JsonReader {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #dialect: JsonDialect;
  readonly #stack: Frame[] = [];
  #position = 0;

  constructor(text: string, maxDepth: number, dialect: JsonDialect) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#dialect = dialect;
  }

  read(): Value {
    for (;;) {
      this.#match(SPACE);
      let value = this.#opensContainer() ? undefined : this.#scalar();
      while (value === undefined || this.#stack.length > 0) {
        const frame = this.#stack.at(-1);
        if (frame === undefined) throw this.#fault("unexpected end");
        if (value !== undefined) this.#put(frame, value);
        this.#match(SPACE);
        const closed = this.#closes(frame, value === undefined);
        if (closed === undefined) break;
        value = closed;
      }
      if (value === undefined || this.#stack.length > 0) continue;
      this.#match(SPACE);
      if (this.#position < this.#text.length) throw this.#fault("extra data");
      return value;
    }
  }

  /** Enters an array or object. */
  #opensContainer(): boolean {
    const opener = this.#text[this.#position];
    if (opener !== "[" && opener !== "{") return false;
    if (this.#stack.length >= this.#maxDepth)
      throw this.#fault(`nested deeper than ${this.#maxDepth} levels`);
    this.#position++;
    const isArray = opener === "[";
    const container = isArray ? [] : {};
    this.#stack.push({
      container,
      isArray,
      keys: [],
      seen: new Set(),
      key: "",
      reordered: false,
      spelling: undefined,
    });
    return true;
  }

  /** Leaves the container and returns it, or stands before its next value and returns undefined. */
  #closes(frame: Frame, justOpened: boolean): Value | undefined {
    const char = this.#text[this.#position];
    if (char === (frame.isArray ? "]" : "}")) {
      this.#position++;
      this.#stack.pop();
      return finish(frame);
    }
    if (!justOpened) {
      if (char !== ",") throw this.#fault("expected ',' or the end of the container");
      this.#position++;
      this.#match(SPACE);
    }
    if (!frame.isArray) {
      if (this.#text[this.#position] !== '"') throw this.#fault("expected a key in double quotes");
      frame.key = this.#string();
      this.#match(SPACE);
      if (this.#text[this.#position] !== ":") throw this.#fault("expected ':'");
      this.#position++;
    }
    return undefined;
  }

  #put(frame: Frame, value: Value): void {
    if (Array.isArray(frame.container)) {
      frame.key = String(frame.container.length);
      frame.container.push(value);
    } else {
      if (!frame.seen.has(frame.key)) {
        frame.seen.add(frame.key);
        frame.keys.push(frame.key);
        frame.reordered ||= INTEGER_KEY.test(frame.key);
      } else {
        frame.spelling?.delete(frame.key);
      }
      setKey(frame.container as ValueObject, frame.key, value);
    }
    if (this.#spelling !== undefined) {
      frame.spelling ??= new Map();
      frame.spelling.set(frame.key, this.#spelling);
      this.#spelling = undefined;
    }
  }

  /** How the number just read was spelled, where the writer would spell it otherwise. */
  #spelling: string | undefined;

  #scalar(): Value {
    if (this.#text[this.#position] === '"') return this.#string();
    const constant = this.#match(this.#dialect.constants ? PYTHON_CONSTANTS : CONSTANTS);
    if (constant !== undefined) return CONSTANT_VALUES[constant] as Value;
    return this.#number();
  }

  #number(): Value {
    NUMBER.lastIndex = this.#position;
    const match = NUMBER.exec(this.#text);
    if (match === null) throw this.#fault("expected a value");
    this.#position = NUMBER.lastIndex;
    const token = match[0];
    if (match[1] === undefined && match[2] === undefined) return this.#integer(token);
    const value = Number(token);
    const spelling = this.#dialect.respell?.(value) ?? token;
    if (this.#dialect.spell(value) !== spelling) this.#spelling = spelling;
    return value;
  }

  #integer(token: string): Value {
    if (token.length > this.#dialect.maxDigits + (token.startsWith("-") ? 1 : 0)) {
      throw this.#fault(`an integer of more than ${this.#dialect.maxDigits} digits`);
    }
    const value = Number(token);
    if (!Number.isSafeInteger(value)) return BigInt(token);
    if (!Object.is(value, -0)) return value;
    if (!this.#dialect.signedZero) return 0;
    this.#spelling = token;
    return value;
  }

  #string(): string {
    const start = this.#position;
    this.#position++;
    let text = "";
    for (;;) {
      text += this.#match(PLAIN);
      const char = this.#text[this.#position];
      this.#position++;
      if (char === '"') return text;
      if (char === undefined) throw new SyntaxFault("unterminated string", start);
      if (char !== "\\") throw new SyntaxFault("a control character in a string", this.#position - 1);
      text += this.#escape();
    }
  }

  #escape(): string {
    const char = this.#text[this.#position] ?? "";
    this.#position++;
    if (char === "u") {
      const digits = this.#match(HEX4);
      if (digits === undefined) throw this.#fault("an invalid \\u escape");
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined;
    if (plain === undefined) throw this.#fault("an invalid escape");
    return plain;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#position = pattern.lastIndex;
    return match[0];
  }

  #fault(message: string): SyntaxFault {
    return new SyntaxFault(message, this.#position);
  }
}

function finish(frame: Frame): Value {
  if (!frame.reordered && frame.spelling === undefined) return frame.container;
  const source: Source = {
    ...(frame.reordered && { order: frame.keys }),
    ...(frame.spelling && { spelling: frame.spelling }),
  };
  return keepSource(frame.container, source);
}
