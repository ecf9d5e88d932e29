import type { ServerResponse } from "node:http";

export type Call<Result> = (this: ServerResponse, ...args: unknown[]) => Result;

/** The methods of a response that send its headers. */
export interface Senders {
  writeHead: Call<ServerResponse>;
  flushHeaders: Call<void>;
  write: Call<boolean>;
  end: Call<ServerResponse>;
}

/** A stream that is piped into a response. */
export interface Source {
  unpipe(to: ServerResponse): void;
  destroy(): void;
}

/** Decides what becomes of the calls of a response's methods. */
export interface Gate {
  /** The methods as they were. */
  readonly beneath: Senders;
  /** Calls what sends the headers, and perhaps more: now, or later, or never. Undefined: not now. */
  send<Result>(call: Call<Result>, args: unknown[], status?: number): Result | undefined;
  end(args: unknown[]): void;
  /** `beneath.writeHead` with more headers. */
  writeHead(args: unknown[]): ServerResponse;
  follow(source: Source): void;
}

type Gated = ServerResponse & Record<symbol, Gate>;

/**
 * Methods that ask the gate of the response that they are called on. All responses have the same: with closures of its
 * own, a response stays in memory until V8 collects the whole heap.
 */
interface Layer {
  readonly key: symbol;
  readonly methods: Senders;
  readonly onPipe: (this: ServerResponse, source: Source) => void;
}

function makeLayer(): Layer {
  const key = Symbol("gate");
  const gateOf = (response: ServerResponse) => (response as Gated)[key] as Gate;
  function withHeaders(this: ServerResponse, ...args: unknown[]): ServerResponse {
    return gateOf(this).writeHead(args);
  }
  return {
    key,
    methods: {
      writeHead(...args) {
        gateOf(this).send(withHeaders, args, Number(args[0]));
        return this;
      },
      flushHeaders() {
        const gate = gateOf(this);
        gate.send(gate.beneath.flushHeaders, []);
      },
      write(...args) {
        const gate = gateOf(this);
        return gate.send(gate.beneath.write, args) ?? false;
      },
      end(...args) {
        gateOf(this).end(args);
        return this;
      },
    },
    onPipe(source) {
      gateOf(this).follow(source);
    },
  };
}

/** The first is for a response's first gate, and so on: each has those before it beneath. */
const layers = [makeLayer()];

function freeLayer(response: ServerResponse): Layer {
  for (const layer of layers) if (!(layer.key in response)) return layer;
  const layer = makeLayer();
  layers.push(layer);
  return layer;
}

/** From here on the response's methods ask the gate. */
export function putGate(response: ServerResponse, gate: Gate): void {
  const { key, methods, onPipe } = freeLayer(response);
  (response as Gated)[key] = gate;
  const senders = response as Senders;
  senders.writeHead = methods.writeHead;
  senders.flushHeaders = methods.flushHeaders;
  senders.write = methods.write;
  senders.end = methods.end;
  response.on("pipe", onPipe);
}
