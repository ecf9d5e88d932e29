import { Buffer } from "node:buffer";
import type { Hostile } from "../hostile.ts";
import { FuzzError } from "../target.ts";
import type { Client } from "./client.ts";
import { curlLine } from "./curl-line.ts";
import type { Broken, Reply } from "./exchange.ts";
import { findPlace, type Place } from "./place.ts";
import { isSendable, wrapCookie } from "./raw-cookie.ts";
import { completeHeaders, type RequestParts } from "./request.ts";

export interface PageOptions extends RequestParts {
  readonly url: URL;
  readonly authorizedHosts: readonly string[];
  /** Sent before those under attack; one character a byte. */
  readonly otherCookies: string;
}

/** One URL, asked for with many cookies. */
export interface Page {
  readonly url: URL;
  /** Without a session for nobody. The header must be sendable. */
  ask(session: Hostile | undefined): Promise<Reply | Broken>;
  reproduce(session: Hostile): string | undefined;
}

/** @throws {FuzzError} on what no request can be made of */
export function createPage(client: Client, options: PageOptions): Page {
  const { url, method, data, authorizedHosts, otherCookies } = options;
  if (!isSendable(otherCookies)) throw new FuzzError("the other cookies hold a line break or no bytes");
  const headers = completeHeaders(options, url).flat();
  const body = data === undefined ? undefined : Buffer.from(data);
  const withOthers = ({ header }: Hostile) => (otherCookies === "" ? header : `${otherCookies}; ${header}`);
  let place: Place | undefined;
  return {
    url,
    async ask(session) {
      place ??= await findPlace(url, authorizedHosts);
      const cookies = session === undefined ? otherCookies : withOthers(session);
      const cookie = session === undefined && cookies === "" ? [] : ["Cookie", wrapCookie(cookies)];
      return client.send({ place, method, headers: [...headers, ...cookie], body });
    },
    reproduce(session) {
      if (!isSendable(session.header)) return undefined;
      return curlLine(options, { url, loopback: place?.loopback === true }, withOthers(session));
    },
  };
}
