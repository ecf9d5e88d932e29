import { Buffer } from "node:buffer";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { FuzzError } from "../target.ts";

export type Header = readonly [name: string, value: string];

/** What every request has, but for the cookies. */
export interface RequestParts {
  readonly method: string;
  readonly headers: readonly Header[];
  /** UTF-8. */
  readonly data: string | undefined;
}

/**
 * The headers of a request, in the order in which they are sent, as curl would send them.
 * @throws {FuzzError} on a method or header that HTTP does not know, and on cookies among the headers
 */
export function completeHeaders({ method, headers, data }: RequestParts, url: URL): readonly Header[] {
  if (!/^[A-Z]+$/.test(method)) throw new FuzzError(`"${method}" is no method of HTTP`);
  for (const [name, value] of headers) checkHeader(name, value);
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const usual: Header[] = [
    ["Host", url.host],
    ["User-Agent", "cookiesess"],
    ["Accept", "*/*"],
  ];
  if (data !== undefined) {
    usual.push(["Content-Type", "application/x-www-form-urlencoded"]);
  }
  return [...usual.filter(([name]) => !names.has(name.toLowerCase())), ...headers, ...lengthOf(method, data)];
}

function lengthOf(method: string, data: string | undefined): readonly Header[] {
  if (data === undefined && (method === "GET" || method === "HEAD")) return [];
  return [["Content-Length", String(Buffer.byteLength(data ?? ""))]];
}

/** Those that would change what is asked, or whose length we know better. */
const ours = /^(?:cookie|content-length|transfer-encoding|connection|upgrade|expect)$/i;

function checkHeader(name: string, value: string): void {
  if (/^cookie$/i.test(name)) throw new FuzzError("--header holds cookies", "they go to --cookie");
  if (ours.test(name)) throw new FuzzError(`--header cannot set ${name}`);
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw new FuzzError(`${JSON.stringify(name)} is no header that can be sent`, "--header 'Name: value'");
  }
}
