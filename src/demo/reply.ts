import { layout, type Page } from "./pages/layout.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No script, nothing from elsewhere, and no frame around it. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function pageReply(page: Page, status = 200): Reply {
  return reply("text/html", layout(page).text, status, { "Content-Security-Policy": POLICY });
}

export function jsonReply(value: object, status: number): Reply {
  return reply("application/json", `${JSON.stringify(value)}\n`, status);
}

export function textReply(type: "text/plain" | "text/css", text: string): Reply {
  return reply(type, text, 200);
}

export function redirectHome(): Reply {
  return reply("text/plain", "", 303, { Location: "/" });
}

function reply(type: string, body: string, status: number, more: Reply["headers"] = {}): Reply {
  const headers = {
    "Content-Type": `${type}; charset=utf-8`,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    ...more,
  };
  return { status, headers, body };
}
