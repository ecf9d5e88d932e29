import type { ServerResponse } from "node:http";
import onHeaders from "on-headers";
import type { Outcome } from "./sessions.ts";
import { mergeVary } from "./vary.ts";

/** The session of a response, as far as the response is concerned. */
export interface Saving {
  /** The session's headers for a status. May throw. */
  commit(status: number): Outcome;
  /** Resolves when the response may leave; undefined: at once. */
  settle(): Promise<unknown> | undefined;
  /** Answers when one of these has failed. */
  onError(error: unknown): void;
}

type Call<Result> = (...args: unknown[]) => Result;

/** The methods of a response that send its headers. */
interface Senders {
  writeHead: Call<ServerResponse>;
  flushHeaders: Call<void>;
  write: Call<boolean>;
  end: Call<ServerResponse>;
}

/** Sends the session with the headers of the response; see `attachSession`. */
export function guardResponse(response: ServerResponse, saving: Saving): void {
  const guard = new Guard(response, saving);
  onHeaders(response, () => guard.addHeaders());
  const senders = response as Senders;
  const { writeHead, flushHeaders, write, end } = senders;
  senders.writeHead = (...args) => {
    guard.send(() => writeHead.apply(response, args), Number(args[0]));
    return response;
  };
  senders.flushHeaders = () => {
    guard.send(() => flushHeaders.call(response));
  };
  senders.write = (...args) => guard.send(() => write.apply(response, args)) ?? false;
  senders.end = (...args) => {
    guard.end(() => end.apply(response, args));
    return response;
  };
}

/** What describes the handler's body: an answer in its place keeps nothing of it. */
const OF_THE_BODY = [
  "Cache-Control",
  "Content-Disposition",
  "Content-Encoding",
  "Content-Language",
  "Content-Length",
  "Content-Range",
  "Content-Type",
  "ETag",
  "Expires",
  "Last-Modified",
  "Transfer-Encoding",
];

const FAILED: Outcome = { setCookies: [], vary: true };

class Guard {
  readonly #response: ServerResponse;
  readonly #saving: Saving;
  #outcome = FAILED;
  /** The status that the outcome is for. */
  #status: number | undefined;
  #source: { unpipe(to: ServerResponse): void; destroy(): void } | undefined;
  /** Calls that wait for the revocations. */
  #waiting: (() => void)[] | undefined;
  #isSending = false;
  #isReplaying = false;
  #hasFailed = false;
  /** It has failed, and `onError` has not been asked yet. */
  #isDropping = false;

  constructor(response: ServerResponse, saving: Saving) {
    this.#response = response;
    this.#saving = saving;
    response.on("pipe", (source) => {
      this.#source = source;
      if (this.#hasFailed) this.#leaveSource();
    });
  }

  /** Calls what sends the headers, and perhaps more: now, or later, or never. Undefined: not now. */
  send<Result>(call: () => Result, status?: number): Result | undefined {
    if (this.#isSending) return call();
    if (this.#isDropping) return undefined;
    if (!this.#response.headersSent) {
      if (this.#waits(() => this.send(call, status))) return undefined;
      if (!this.#commits(status ?? this.#response.statusCode)) return undefined;
    }
    this.#isSending = true;
    try {
      return call();
    } finally {
      this.#isSending = false;
    }
  }

  end(call: () => void): void {
    if (this.#isSending) call();
    else if (!this.#waits(() => this.end(call))) this.send(call);
  }

  addHeaders(): void {
    const { setCookies, vary } = this.#outcome;
    if (vary) {
      const present = this.#response.getHeader("Vary");
      this.#response.setHeader("Vary", mergeVary(present?.toString(), "Cookie"));
    }
    for (const line of setCookies) this.#response.appendHeader("Set-Cookie", line);
  }

  /** Whether a call has to wait until the revocations are stored. */
  #waits(call: () => void): boolean {
    if (this.#hasFailed || this.#isReplaying) return false;
    if (this.#waiting !== undefined) {
      this.#waiting.push(call);
      return true;
    }
    const settled = this.#saving.settle();
    if (settled === undefined) return false;
    this.#waiting = [call];
    settled.then(() => this.#replay()).catch((error) => this.#fail(error));
    return true;
  }

  #replay(): void {
    const calls = this.#waiting ?? [];
    this.#waiting = undefined;
    this.#isReplaying = true;
    try {
      for (const call of calls) call();
    } finally {
      this.#isReplaying = false;
    }
    const { writableEnded, writableNeedDrain } = this.#response;
    if (!writableEnded && !writableNeedDrain) this.#response.emit("drain");
  }

  /** Saves the session, for the headers. */
  #commits(status: number): boolean {
    if (this.#hasFailed || status === this.#status) return true;
    try {
      this.#outcome = this.#saving.commit(status);
      this.#status = status;
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  #fail(error: unknown): void {
    this.#hasFailed = true;
    this.#isDropping = true;
    this.#outcome = FAILED;
    this.#waiting = undefined;
    this.#leaveSource();
    // What the handler writes after the answer.
    this.#response.on("error", () => undefined);
    setImmediate(() => {
      this.#isDropping = false;
      if (this.#response.headersSent) this.#response.destroy();
      else this.#forgetBody();
      this.#saving.onError(error);
    });
  }

  #leaveSource(): void {
    const source = this.#source;
    source?.unpipe(this.#response);
    this.#response.once("close", () => source?.destroy());
  }

  #forgetBody(): void {
    for (const name of OF_THE_BODY) {
      // Removing one that is not there would still keep Node from adding it.
      if (this.#response.hasHeader(name)) this.#response.removeHeader(name);
    }
  }
}
