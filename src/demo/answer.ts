import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { RevocationError, type Session, SessionTooLargeError } from "../session/index.ts";
import { attachSession } from "../session/node.ts";
import { ACTIONS, type Action } from "./actions.ts";
import { cookieValues } from "./cookies.ts";
import { HttpError, pathOf, readForm, requireSameOrigin } from "./http.ts";
import { errorPage, tooLargePage } from "./pages/error.ts";
import { pageReply, type Reply, redirectHome, textReply } from "./reply.ts";
import { COOKIE, type Site } from "./site.ts";
import { STYLE } from "./style.ts";
import { VIEWS, type View } from "./views.ts";
import { readVisitor, wasRefused } from "./visitor.ts";

type Responder = (site: Site, request: IncomingMessage, response: ServerResponse) => Reply | Promise<Reply>;

interface Route {
  readonly method: "GET" | "POST";
  readonly respond: Responder;
}

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ["/healthz", { method: "GET", respond: () => textReply("text/plain", "ok\n") }],
  ["/style.css", { method: "GET", respond: () => textReply("text/css", STYLE) }],
  ...Object.entries(VIEWS).map(([path, view]): [string, Route] => [
    path,
    { method: "GET", respond: showing(view) },
  ]),
  ...Object.entries(ACTIONS).map(([path, action]): [string, Route] => [
    path,
    { method: "POST", respond: doing(action) },
  ]),
]);

/** Answers a request, whatever goes wrong with it. */
export async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    send(site, response, await replyTo(site, request, response));
  } catch (error) {
    sendError(site, response, error);
  }
}

function replyTo(site: Site, request: IncomingMessage, response: ServerResponse): Reply | Promise<Reply> {
  const route = ROUTES.get(pathOf(request));
  if (route === undefined) throw new HttpError(404, "There is no such page.");
  const { method } = route;
  if (request.method !== method && !(request.method === "HEAD" && method === "GET")) {
    const allowed = method === "GET" ? "GET, HEAD" : method;
    throw new HttpError(405, `This address takes ${allowed}.`, { Allow: allowed });
  }
  return route.respond(site, request, response);
}

function showing(view: View): Responder {
  return async (site, request, response) => {
    const session = await openSession(site, request, response);
    return view(site, session, cookieValues(request.headers.cookie, COOKIE).at(-1));
  };
}

function doing(action: Action): Responder {
  return async (site, request, response) => {
    requireSameOrigin(request);
    const form = await readForm(request);
    const session = await openSession(site, request, response);
    await action(site, session, form);
    rememberMember(site, session);
    return redirectHome();
  };
}

async function openSession(
  site: Site,
  { headers: { cookie } }: IncomingMessage,
  response: ServerResponse,
): Promise<Session> {
  const headers = { cookie: site.cookieHeader(cookie) };
  const session = await attachSession(site.sessions, { headers }, response, (error) => {
    sendError(site, response, error);
  });
  if (site.leak !== undefined && wasRefused(session)) {
    throw new HttpError(400, "The session cannot be opened with these settings.");
  }
  rememberMember(site, session);
  return session;
}

/** So that a logout everywhere finds the session. */
function rememberMember({ login, members }: Site, session: Session): void {
  const { user } = readVisitor(session, login.userKey);
  const { id } = session;
  if (user !== undefined && id !== undefined) members.add(user, id);
}

function send({ flaw, given }: Site, response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, {
    ...headers,
    ...(flaw !== undefined && { "X-Cookiesess-Flaw": flaw.name }),
    "Content-Length": Buffer.byteLength(body),
  });
  const lines = response.getHeader("Set-Cookie");
  if (Array.isArray(lines)) given.remember(lines);
  else if (typeof lines === "string") given.remember([lines]);
  response.end(body);
}

function sendError(site: Site, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else send(site, response, replyToError(site, error));
}

function replyToError({ flaw, leak }: Site, error: unknown): Reply {
  if (error instanceof SessionTooLargeError) {
    return pageReply({ title: "Too large", flaw, main: tooLargePage(error) }, 413);
  }
  const { status, message, headers } = error instanceof HttpError ? error : faultOf(error);
  const title = TITLES[status] ?? "Error";
  const reply = pageReply({ title, flaw, main: errorPage(title, message, leak) }, status);
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

function faultOf(error: unknown): HttpError {
  return error instanceof RevocationError
    ? new HttpError(error.status, "The session could not be looked up or ended. Try again.")
    : new HttpError(500, "Something went wrong here. It was not you.");
}

const TITLES: Readonly<Record<number, string>> = {
  400: "That was not understood",
  403: "Not from here",
  404: "Not found",
  405: "Not that way",
  409: "Not possible here",
  413: "Too much",
  500: "An error of the server",
  503: "Not now",
};
