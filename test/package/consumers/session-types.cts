import sessions = require("cookiesess/session");

declare global {
  namespace Cookiesess {
    interface SessionData {
      cart: number[];
    }
  }
}

export async function cartOf(header: string): Promise<number[]> {
  const session: sessions.Session = await sessions.createSessions({ secret: "s" }).open(header);
  // @ts-expect-error no such key
  session.get("user");
  return session.get("cart", []);
}
