import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Sessions } from "../../../src/session/index.ts";
import { attachSession } from "../../../src/session/node.ts";
import { act } from "./actions.ts";
import { describeAdapter, type Server } from "./cases.ts";
import { listen } from "./listen.ts";

async function answer(sessions: Sessions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const session = await attachSession(sessions, request, response);
  const { status = 200, headers, body, redirect } = await act(request.url ?? "", session);
  if (redirect !== undefined) response.writeHead(303, { Location: redirect }).end();
  else if (typeof body === "object") Readable.from(body).pipe(response.writeHead(status, headers));
  else response.writeHead(status, headers).end(body);
}

function start(sessions: Sessions): Promise<Server> {
  return listen(
    createServer((request, response) => {
      answer(sessions, request, response).catch(() => response.writeHead(500).end());
    }),
  );
}

describeAdapter("node:http", start);
