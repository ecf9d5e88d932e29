import { session } from "cookiesess/session/web";
import "./session-data.mjs";

const withSession = session({ secret: "s" });
export const GET = (request: Request): Promise<Response> =>
  withSession(request, (opened) => {
    const cart: number[] | undefined = opened.get("cart");
    // @ts-expect-error no such key
    opened.get("user");
    return Response.json(cart);
  });
