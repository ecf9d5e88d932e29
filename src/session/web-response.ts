import type { Outcome } from "./sessions.ts";
import { mergeVary } from "./vary.ts";

/**
 * The response with a session's headers. It is another one, whose body is the same: a response that was redirected or
 * fetched cannot be changed, and one that a handler keeps must not be. One without a status of its own, such as a
 * switch of protocols, comes back as it is.
 */
export function withOutcome(response: Response, { setCookies, vary }: Outcome): Response {
  if (!vary || response.status < 200) return response;
  const copy = new Response(response.body, response);
  copy.headers.set("Vary", mergeVary(copy.headers.get("Vary") ?? undefined, "Cookie"));
  for (const line of setCookies) copy.headers.append("Set-Cookie", line);
  return copy;
}
