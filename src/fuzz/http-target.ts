import type { Hostile } from "./hostile.ts";
import { type Client, createClient } from "./http/client.ts";
import { describeBroken, describeReply } from "./http/describe.ts";
import type { Broken } from "./http/exchange.ts";
import { type Lesson, learnAnswers } from "./http/learn.ts";
import { parseLoggedIn } from "./http/logged-in.ts";
import { createPage, type Page } from "./http/page.ts";
import { parseTargetUrl } from "./http/place.ts";
import { isSendable } from "./http/raw-cookie.ts";
import type { Header } from "./http/request.ts";
import { type Answer, FuzzError, type Target } from "./target.ts";

export interface HttpTargetOptions {
  readonly url: string;
  /** Default GET, or POST with `data`. */
  readonly method?: string | undefined;
  readonly headers?: readonly Header[] | undefined;
  /** The body, as `application/x-www-form-urlencoded` unless a header says otherwise. */
  readonly data?: string | undefined;
  /** Milliseconds. Default 10,000. */
  readonly timeout?: number | undefined;
  /** Most requests a second. Default: as fast as the target answers. */
  readonly rate?: number | undefined;
  /** Most requests at a time. */
  readonly concurrency: number;
  /** Hosts other than this machine that may be attacked, word for word as in the URL, with or without the port. */
  readonly authorizedHosts: readonly string[];
  /** What tells who is logged in: TEXT, `/expression/` or `status:200`. Default: what the baseline shows. */
  readonly loggedIn?: string | undefined;
  readonly logoutUrl?: string | undefined;
  /** Default GET. */
  readonly logoutMethod?: string | undefined;
  /** Further cookies, sent unchanged before those under attack: `csrftoken=…`. */
  readonly otherCookies?: string | undefined;
  /** An answer that shows one of these is reported. */
  readonly secrets: readonly Uint8Array[];
}

/** Bytes of a header that usual servers take: Apache and gunicorn take lines of 8,190. */
const ROOM = 8_000;

const TIMEOUT = 10_000;

/**
 * A running server, asked for one URL, again and again, and for the one that logs out. Redirects are not followed.
 * @throws {FuzzError} on options that no request can be made of
 */
export function httpTarget(options: HttpTargetOptions): Target {
  const { timeout = TIMEOUT, otherCookies = "", secrets } = options;
  const client = createClient({ ...options, timeout });
  const page = pageOf(options, client);
  const loggedIn = options.loggedIn === undefined ? undefined : parseLoggedIn(options.loggedIn);
  const method = methodOf(options);
  let lesson: Lesson | undefined;
  let genuineHeader: string | undefined;
  return {
    kind: "http",
    title: method === "GET" ? page.url.href : `${method} ${page.url.href}`,
    room: ROOM - otherCookies.length,
    get slowFrom() {
      return lesson?.slowFrom ?? Number.POSITIVE_INFINITY;
    },
    async learn(genuine) {
      lesson = await learnAnswers({ page, timeout, loggedIn, secrets }, genuine);
      genuineHeader = genuine.header;
      return lesson.baseline;
    },
    async send(hostile) {
      if (lesson === undefined) throw new FuzzError("nothing is known of the target yet");
      if (!isSendable(hostile.header)) return { verdict: "refused", milliseconds: 0, detail: "not sendable" };
      const reply = await page.ask(hostile);
      if ("error" in reply) return answerOfBroken(reply, timeout, hostile);
      const { milliseconds, status } = reply;
      const accepted = lesson.fingerprint.accepts(reply, hostile.header === genuineHeader);
      return {
        verdict: status >= 500 ? "error" : accepted ? "accepted" : "refused",
        ...{ milliseconds, detail: describeReply(reply, page.url) },
        reflects: lesson.reflection.find(reply, hostile),
      };
    },
    ...logoutOf(options, client, timeout),
    reproduce: (hostile) => page.reproduce(hostile),
    async close() {
      client.close();
    },
  };
}

function methodOf({ method, data }: HttpTargetOptions): string {
  return method?.toUpperCase() ?? (data === undefined ? "GET" : "POST");
}

function pageOf(options: HttpTargetOptions, client: Client): Page {
  const { headers = [], data, authorizedHosts, otherCookies = "" } = options;
  const url = parseTargetUrl(options.url);
  return createPage(client, { url, method: methodOf(options), headers, data, authorizedHosts, otherCookies });
}

function logoutOf(options: HttpTargetOptions, client: Client, timeout: number): Pick<Target, "logOut"> {
  if (options.logoutUrl === undefined) return {};
  const url = parseTargetUrl(options.logoutUrl);
  const method = options.logoutMethod?.toUpperCase() ?? "GET";
  // As browsers send it: servers compare the origin to keep other sites from logging people out.
  const origin: Header[] = method === "GET" || method === "HEAD" ? [] : [["Origin", url.origin]];
  const { authorizedHosts, otherCookies = "", headers = [] } = options;
  const page = createPage(client, {
    ...{ url, method, data: undefined, authorizedHosts, otherCookies },
    headers: [...headers, ...origin],
  });
  return {
    async logOut(genuine) {
      const reply = await page.ask(genuine);
      if (!("error" in reply) && reply.status < 400) return;
      const detail = "error" in reply ? describeBroken(reply, timeout) : describeReply(reply, url);
      throw new FuzzError(`the logout failed: ${detail}`, "does it want another --logout-method?");
    },
  };
}

function answerOfBroken(reply: Broken, timeout: number, { header }: Hostile): Answer {
  const { error, milliseconds } = reply;
  // A server need not read a header to its end that is longer than it takes.
  if (header.length > ROOM && error !== "timeout") {
    return { verdict: "refused", milliseconds, detail: "connection closed, too long" };
  }
  return { verdict: "error", milliseconds, detail: describeBroken(reply, timeout) };
}
