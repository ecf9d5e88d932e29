import { FuzzError } from "../target.ts";
import type { Reply } from "./exchange.ts";

/** Whether an answer is one to somebody who is logged in. */
export type LoggedIn = (reply: Pick<Reply, "status" | "body">) => boolean;

/**
 * Reads what `--logged-in` takes: a text of the body, `/a regular expression/flags` for it, or `status:200`.
 * @throws {FuzzError} on an invalid expression, an invalid status or no text
 */
export function parseLoggedIn(text: string): LoggedIn {
  const status = /^status:(.*)$/s.exec(text)?.[1];
  if (status !== undefined) return byStatus(status);
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(text) ?? [];
  if (source !== undefined) return byExpression(source, flags ?? "");
  if (text === "") throw invalid("an empty text is in every answer");
  return ({ body }) => body.includes(text, 0, "utf8");
}

function byStatus(text: string): LoggedIn {
  if (!/^[1-5]\d\d$/.test(text)) throw invalid(`"${text}" is no status`);
  return ({ status }) => status === Number(text);
}

function byExpression(source: string, flags: string): LoggedIn {
  const expression = compile(source, flags);
  return ({ body }) => expression.test(body.toString("utf8"));
}

function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw invalid((error as Error).message);
  }
}

function invalid(why: string): FuzzError {
  return new FuzzError(`--logged-in: ${why}`, "a text of the page, /a regular expression/ or status:200");
}
