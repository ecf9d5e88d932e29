import { STATUS_CODES } from "node:http";
import { type Broken, MOST, type Reply } from "./exchange.ts";
import { redirectOf } from "./fingerprint.ts";

/** Characters of a redirect's path that are shown. */
const LONGEST_PATH = 60;

/** "200, 64 B", "302 to /login", "500 Internal Server Error": nothing that the server worded, for it may be hostile. */
export function describeReply(reply: Reply, url: URL): string {
  const { status, body } = reply;
  const redirect = redirectOf(reply, url);
  if (redirect !== undefined) return `${status} to ${redirect.slice(0, LONGEST_PATH)}`;
  if (status >= 500) return [status, STATUS_CODES[status]].filter(Boolean).join(" ");
  return `${status}, ${body.length === MOST ? "over 1 MiB" : `${body.length.toLocaleString("en")} B`}`;
}

export function describeBroken({ error }: Broken, timeout: number): string {
  if (error === "timeout") return `no answer in ${(timeout / 1_000).toLocaleString("en")} s`;
  return error.code?.startsWith("HPE_") ? "an answer that is no HTTP" : "connection closed";
}
