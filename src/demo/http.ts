import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** An answer that is none of the usual ones; becomes a page. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export function pathOf({ url = "/" }: IncomingMessage): string {
  const [path = "/"] = url.split("?", 1);
  return path;
}

/**
 * Refuses forms that another site's page sends. Browsers say where a form comes from; what says nothing is no
 * browser, and sends no visitor's cookie.
 */
export function requireSameOrigin({ headers }: IncomingMessage): void {
  const { origin, host, "sec-fetch-site": site } = headers;
  const same = site === undefined ? isOwn(origin, host) : site === "same-origin" || site === "none";
  if (!same) throw new HttpError(403, "This form was sent by another site.");
}

function isOwn(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || origin === `http://${host}`;
}

/** Largest form, in bytes. What follows is read and thrown away, so that its sender sees the answer. */
const MOST_BODY = 16_384;

/** The fields of a form. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  const text = await readBody(request);
  if (text !== "" && type.trim().toLowerCase() !== "application/x-www-form-urlencoded") {
    throw new HttpError(400, "That is not a form.");
  }
  return new URLSearchParams(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MOST_BODY) chunks.push(chunk);
  }
  if (size > MOST_BODY) throw new HttpError(413, `A form has at most ${MOST_BODY} bytes.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new HttpError(400, "The form is not UTF-8.");
  }
}

/** One field of a form, without white space around it. */
export function readField(form: URLSearchParams, name: string, longest: number): string {
  const given = form.getAll(name);
  const text = given[0]?.trim();
  if (given.length !== 1 || text === undefined || text === "") {
    throw new HttpError(400, `The form needs its field "${name}", once.`);
  }
  if ([...text].length > longest) throw new HttpError(400, `"${name}" has at most ${longest} characters.`);
  if (/\p{Cc}/u.test(text)) throw new HttpError(400, `"${name}" has characters that cannot be shown.`);
  return text;
}
