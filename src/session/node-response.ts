import type { ServerResponse } from "node:http";
import onHeaders from "on-headers";
import { type Call, type Gate, putGate, type Senders, type Source } from "./response-layer.ts";
import { RevocationError, settle } from "./revocation-error.ts";
import type { Session } from "./session.ts";
import type { Outcome, Sessions } from "./sessions.ts";
import { mergeVary } from "./vary.ts";

/** Sends the session with the headers of the response; `onError` answers when that fails. See `attachSession`. */
export function guardResponse<Data extends object>(
  response: ServerResponse,
  sessions: Sessions<Data>,
  session: Session<Data>,
  onError: ((error: unknown) => void) | undefined,
): Session<Data> {
  putGate(response, new Guard(response, sessions, session, onError));
  return session;
}

/** `writeHead` takes a status, perhaps a text, and perhaps headers: an object or a list. */
function isHeaders(last: unknown): boolean {
  return typeof last === "object" && last !== null;
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

class Guard<Data extends object> implements Gate {
  readonly beneath: Senders;
  readonly #response: ServerResponse;
  readonly #sessions: Sessions<Data>;
  readonly #session: Session<Data>;
  readonly #onError: ((error: unknown) => void) | undefined;
  #outcome = FAILED;
  #hasHeaders = false;
  /** The status that the outcome is for. */
  #status: number | undefined;
  #source: Source | undefined;
  /** Calls that wait for the revocations. */
  #waiting: (() => void)[] | undefined;
  #isSending = false;
  #isReplaying = false;
  #hasFailed = false;
  /** It has failed, and `onError` has not been asked yet. */
  #isDropping = false;

  constructor(
    response: ServerResponse,
    sessions: Sessions<Data>,
    session: Session<Data>,
    onError: ((error: unknown) => void) | undefined,
  ) {
    const { writeHead, flushHeaders, write, end } = response as Senders;
    this.beneath = { writeHead, flushHeaders, write, end };
    this.#response = response;
    this.#sessions = sessions;
    this.#session = session;
    this.#onError = onError;
  }

  follow(source: Source): void {
    this.#source = source;
    if (this.#hasFailed) this.#leaveSource();
  }

  send<Result>(call: Call<Result>, args: unknown[], status?: number): Result | undefined {
    if (this.#isSending) return call.apply(this.#response, args);
    if (this.#isDropping) return undefined;
    if (!this.#response.headersSent) {
      if (this.#waits()) return this.#defer(this.send.bind(this, call, args, status));
      if (!this.#commits(status ?? this.#response.statusCode)) return undefined;
    }
    this.#isSending = true;
    try {
      return call.apply(this.#response, args);
    } finally {
      this.#isSending = false;
    }
  }

  end(args: unknown[]): void {
    if (!this.#isSending && this.#waits()) this.#defer(this.end.bind(this, args));
    else this.send(this.beneath.end, args);
  }

  /** With the session's headers, merged with those that are among the arguments. */
  writeHead(args: unknown[]): ServerResponse {
    const { writeHead } = this.beneath;
    if (!isHeaders(args.at(-1))) {
      this.#addHeaders();
      return writeHead.apply(this.#response, args);
    }
    const merging = { writeHead } as unknown as ServerResponse;
    onHeaders(merging, () => this.#addHeaders());
    return (merging as Senders).writeHead.apply(this.#response, args);
  }

  /** Once, although `writeHead` may be called again after it threw. */
  #addHeaders(): void {
    if (this.#hasHeaders) return;
    this.#hasHeaders = true;
    const { setCookies, vary } = this.#outcome;
    if (vary) {
      const present = this.#response.getHeader("Vary");
      this.#response.setHeader("Vary", mergeVary(present?.toString(), "Cookie"));
    }
    for (const line of setCookies) this.#response.appendHeader("Set-Cookie", line);
  }

  /** Whether calls have to wait until the revocations are stored. */
  #waits(): boolean {
    if (this.#hasFailed || this.#isReplaying) return false;
    if (this.#waiting !== undefined) return true;
    const settled = settle(this.#session);
    if (settled === undefined) return false;
    this.#waiting = [];
    settled.then(() => this.#replay()).catch((error) => this.#fail(error));
    return true;
  }

  #defer(call: () => void): undefined {
    this.#waiting?.push(call);
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
      this.#outcome = this.#sessions.commit(this.#session, status);
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
      if (this.#onError === undefined) refuse(this.#response, error);
      else this.#onError(error);
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

/** An empty answer. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return;
  response.statusCode = error instanceof RevocationError ? error.status : 500;
  response.end();
}
