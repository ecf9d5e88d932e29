import { createSessions, keyvRevocation, type Session, SessionTooLargeError } from "cookiesess/session";

declare global {
  namespace Cookiesess {
    interface SessionData {
      cart: number[];
    }
  }
}

const sessions = createSessions({ secret: "s", fallbacks: ["t"], sameSite: "Strict" });
const session: Session = await sessions.open(undefined);
export const cart: number[] | undefined = session.get("cart");
export const [first]: readonly number[] = session.get("cart", []);
export const lines: readonly string[] = sessions.commit(session, 200).setCookies;
export const isTooLarge = (error: unknown): boolean =>
  error instanceof SessionTooLargeError && error.bytes > error.limit;
export const store = keyvRevocation({
  get: async () => undefined,
  set: async () => true,
  on: () => undefined,
});
export const own: Session<{ user: string }> = await createSessions<{ user: string }>({ secret: "s" }).open(
  "",
);

// @ts-expect-error no such key
session.get("user");
// @ts-expect-error of another type
session.set("cart", "one");
// @ts-expect-error a secret is required
createSessions({});
// @ts-expect-error no such value
createSessions({ secret: "s", sameSite: "strict" });
