import { Buffer } from "node:buffer";
import type { Hostile } from "../hostile.ts";
import type { Reply } from "./exchange.ts";

/** Characters of a secret, or of the end of a cookie, that are no accident in an answer. */
const SHORTEST_SECRET = 6;
const TAIL = 16;

/** Below this a secret may be a word of the page. */
const SHORTEST_PHRASE = 12;

/** Finds in answers what must not be there. */
export interface Reflection {
  /** "the secret", "the cookie" or undefined. */
  find(reply: Reply, sent: Hostile): string | undefined;
}

/**
 * Looks for the secrets, as text, base64, hexadecimal and as pages and URLs escape them, and for the last 16
 * characters of the cookies sent. Headers count, but for Set-Cookie.
 *
 * @param genuine - answers to the genuine session: where they show its cookie, that is the page's purpose
 * @param nobody - what these answers show is no secret, when it is as short as a word
 */
export function createReflection(
  secrets: readonly Uint8Array[],
  genuine: readonly Reply[],
  nobody: readonly Reply[],
  session: Hostile,
): Reflection {
  const usual = [...genuine, ...nobody].map(visible);
  const usually = (text: string) => usual.some((page) => page.includes(text));
  const forms = secrets
    .flatMap(secretForms)
    .filter((form) => form.length >= SHORTEST_PHRASE || !usually(form));
  const showsCookies = genuine
    .map(visible)
    .some((page) => tailForms(session).some((form) => page.includes(form)));
  return {
    find(reply, sent) {
      const page = visible(reply);
      if (forms.some((form) => page.includes(form))) return "the secret";
      if (showsCookies) return undefined;
      return tailForms(sent).some((form) => page.includes(form) && !usually(form)) ? "the cookie" : undefined;
    },
  };
}

/** Headers and body, one character a byte. */
function visible({ headers, body }: Reply): string {
  const shown = headers.filter(
    (_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() !== "set-cookie",
  );
  return `${shown.join("\n")}\n${body.toString("latin1")}`;
}

function secretForms(secret: Uint8Array): readonly string[] {
  const bytes = Buffer.from(secret);
  if (bytes.toString("utf8").length < SHORTEST_SECRET) return [];
  const hex = bytes.toString("hex");
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return [
    ...escapedForms(bytes.toString("latin1")),
    base64,
    bytes.toString("base64url"),
    hex,
    hex.toUpperCase(),
  ];
}

/** The ends of the cookies' values, for there is the signature or what was added. */
function tailForms({ header, pairs }: Hostile): readonly string[] {
  const values =
    pairs?.map(({ value }) => value) ?? header.split(";").map((pair) => pair.replace(/^[^=]*=/, ""));
  return values.filter(({ length }) => length >= TAIL).flatMap((value) => escapedForms(value.slice(-TAIL)));
}

/** Bytes as they are, as characters of UTF-8, and as HTML, JSON and URLs escape them. */
function escapedForms(bytes: string): readonly string[] {
  const html = bytes.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quotes = ["&#x27;", "&#39;", "&apos;"].map((quote) =>
    html.replaceAll('"', "&quot;").replaceAll("'", quote),
  );
  return [
    ...new Set([
      ...[bytes, Buffer.from(bytes).toString("latin1"), html, ...quotes],
      ...[html.replaceAll('"', "&#34;").replaceAll("'", "&#39;"), JSON.stringify(bytes).slice(1, -1)],
      ...[percentEncoded(bytes, /[^\w.~-]/g), percentEncoded(bytes, /[^\w.~!*'()-]/g)],
    ]),
  ];
}

function percentEncoded(bytes: string, unsafe: RegExp): string {
  return bytes.replace(
    unsafe,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
