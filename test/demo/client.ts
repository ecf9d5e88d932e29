import { createCodec } from "../../src/index.ts";

export const SECRET = "a-secret-of-the-demo-s-tests";
/** 2026-11-23 09:00:00 UTC. */
export const NOW = 1_795_424_400;
export const DAY = 86_400;

/** As the demo signs, with the tests' secret. */
export const codec = createCodec({ format: "django", secret: SECRET });

/** Signs any text as sessions are signed. */
export const signer = createCodec({
  format: "django",
  backend: "signer",
  secret: SECRET,
  salt: "django.contrib.sessions.backends.signed_cookies",
});

export interface Me {
  readonly authenticated: boolean;
  readonly user: string | null;
  readonly count: number | string;
  readonly cart: readonly string[];
  readonly size: number;
  readonly issuedAt: string | null;
}

/** What a browser does, as far as the demo needs one. */
export class Client {
  readonly #url: string;
  cookie: string | undefined;

  constructor(url: string, cookie?: string) {
    this.#url = url;
    this.cookie = cookie;
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== undefined && !headers.has("Cookie"))
      headers.set("Cookie", `sessionid=${this.cookie}`);
    const response = await fetch(this.#url + path, { redirect: "manual", ...init, headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  post(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: HeadersInit = {},
  ): Promise<Response> {
    return this.send(path, { method: "POST", body: new URLSearchParams(fields), headers });
  }

  async page(path = "/"): Promise<string> {
    return (await this.send(path)).text();
  }

  async me(): Promise<Me> {
    return (await this.send("/me")).json() as Promise<Me>;
  }

  #keep(line: string): void {
    const [, value] = /^sessionid=([^;]*)/.exec(line) ?? [];
    this.cookie = /; Max-Age=0;/.test(line) ? undefined : value;
  }
}
